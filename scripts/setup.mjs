// Installs what this machine lacks, and nothing else; says at once what it cannot install.
// Usage: node scripts/setup.mjs command-line | window | test     (what is going to be run)
import { existsSync, statSync, utimesSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { join } from 'node:path'
import { ask, fail, say, show, top } from './run.mjs'

const OLDEST_RUST = [1, 92]

/** Debian packages by purpose. A package is there when dpkg has it, or when its program is found. */
const PACKAGES = {
  'command-line': [{ name: 'build-essential', program: 'cc' }],
  window: [{ name: 'build-essential', program: 'cc' }, { name: 'pkg-config', program: 'pkg-config' }, { name: 'libwebkit2gtk-4.1-dev' }],
  test: [
    { name: 'build-essential', program: 'cc' },
    { name: 'pkg-config', program: 'pkg-config' },
    { name: 'libwebkit2gtk-4.1-dev' },
    { name: 'webkit2gtk-driver', program: 'WebKitWebDriver' },
    { name: 'xvfb', program: 'Xvfb' },
    { name: 'xauth', program: 'xauth' },
    { name: 'poppler-utils', program: 'pdfsig' },
    { name: 'qpdf', program: 'qpdf' },
    { name: 'default-jdk-headless', program: 'javac' },
    { name: 'python3-venv' },
    { name: 'openssl', program: 'openssl' },
    { name: 'softhsm2', program: 'softhsm2-util' },
    { name: 'opensc', program: 'pkcs11-tool' },
  ],
}

const purpose = process.argv[2]
if (!(purpose in PACKAGES)) fail(`usage: setup.mjs ${Object.keys(PACKAGES).join(' | ')}`)

checkNode()
checkRust()
await systemPackages()
if (purpose !== 'command-line') nodePackages()

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24
  if (!fits) fail(`Node ${process.versions.node} cannot run the tools of this project: 20.19 or later, 22.13 or later, or 24 is needed, see https://nodejs.org`)
}

function checkRust() {
  const version = ask('cargo', ['--version']) // through rustup this also fetches the toolchain of rust-toolchain.toml
  if (!version) fail('Rust is missing, or its toolchain could not be fetched: install it from https://rustup.rs and start again')
  const [major, minor] = version.match(/\d+/g).map(Number)
  const fits = major > OLDEST_RUST[0] || (major === OLDEST_RUST[0] && minor >= OLDEST_RUST[1])
  if (!fits) fail(`${version.trim()} is too old, ${OLDEST_RUST.join('.')} or later is needed: rustup update, or https://rustup.rs`)
}

async function systemPackages() {
  if (process.platform === 'linux') return ask('apt-get', ['--version']) ? debianPackages() : otherLinux()
  if (process.platform === 'darwin' && !ask('xcode-select', ['-p'])) fail('the command line tools of Xcode are missing: xcode-select --install')
  if (purpose !== 'test') return // Windows: cargo names the missing MSVC build tools itself; WebView2 is part of Windows 10 and 11
  fail(`the whole test needs Linux, where the real window can be driven. Here: cargo test, and npm run ui:test`)
}

function otherLinux() {
  const missing = PACKAGES[purpose].filter(({ program }) => program && !found(program)).map(({ program }) => program)
  if (purpose !== 'command-line' && !ask('pkg-config', ['--exists', 'webkit2gtk-4.1'])) missing.push('the development files of webkit2gtk-4.1')
  if (missing.length > 0) fail(`this system has no apt-get. Install by hand, then start again: ${missing.join(', ')}`)
}

async function debianPackages() {
  const missing = PACKAGES[purpose].filter(({ name, program }) => !(program && found(program)) && !installed(name)).map(({ name }) => name)
  if (missing.length === 0) return
  const asRoot = await permission(missing)
  say(`installing ${missing.join(' ')}`)
  const apt = (...args) => {
    const [command, ...rest] = [...asRoot, 'apt-get', '-o', 'DPkg::Lock::Timeout=300', '-qq', ...args]
    const code = show(command, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
    if (code !== 0) fail(`apt-get ${args[0]} ended with ${code}; install by hand: ${missing.join(' ')}`)
  }
  apt('update')
  apt('install', '-y', '--no-install-recommends', ...missing)
}

/** How to become root: not at all when one is, else sudo, after a yes typed by a person. */
async function permission(missing) {
  if (process.getuid() === 0) return []
  const byHand = `sudo apt-get install --no-install-recommends ${missing.join(' ')}`
  if (!found('sudo')) fail(`these packages are missing and there is no sudo here; as root: ${byHand.replace('sudo ', '')}`)
  if (!process.stdin.isTTY) fail(`these packages are missing and nobody is here to ask: ${byHand}`)
  console.log(`These packages are missing: ${missing.join(' ')}`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Install them with sudo apt-get? [y/N] ')
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) fail(`not installed. By hand: ${byHand}`)
  return ['sudo', 'env', 'DEBIAN_FRONTEND=noninteractive']
}

function found(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)))
}

function installed(name) {
  return ask('dpkg-query', ['-W', '-f=${db:Status-Status}', name])?.trim() === 'installed'
}

/** `npm ci` when package-lock.json is newer than what is installed. */
function nodePackages() {
  const lock = join(top, 'package-lock.json')
  const unpacked = join(top, 'node_modules', '.package-lock.json')
  if (existsSync(unpacked) && statSync(unpacked).mtimeMs >= statSync(lock).mtimeMs) return
  say('npm ci')
  const code = show('npm', ['ci'])
  if (code !== 0) fail(`npm ci ended with ${code}: is the network there?`)
  utimesSync(unpacked, new Date(), new Date())
}
