// The everyday words by which acts and places are looked for in the palette, by the id of the act; `*` stands for what follows.
// Always true: a word that the label says itself is not repeated here. A language has a file of its own like this one.

export const synonyms: Record<string, readonly string[]> = {
  'window.begin': ['new', 'create', 'start', 'template', 'form', 'blank', 'another report', 'write'],
  'window.open': ['load', 'browse', 'pdf', 'json', 'next version'],
  'window.verify': ['check a signature', 'validate', 'authentic', 'genuine', 'tampered', 'trust'],
  'window.verify-folder': ['many', 'several', 'all files', 'batch', 'directory', 'check signatures', 'validate'],
  'window.paste': ['import', 'convert', 'notes', 'word', 'docx', 'markdown', 'csv', 'chat', 'email', 'take over', 'clipboard', 'timeline from a text'],
  'window.sample': ['sample', 'demo', 'example', 'tour', 'tutorial', 'try', 'how it looks', 'learn'],
  'window.library': ['home', 'close', 'all reports', 'list', 'back', 'leave', 'other reports', 'exit'],
  'window.due': ['deadline', 'clock', 'late', 'overdue', 'calendar', 'when', 'agenda', 'reminder'],
  'window.records': ['journal', 'audit', 'hash', 'sha', 'register', 'who signed', 'recipients'],
  'window.settings': ['preferences', 'options', 'identity', 'certificate', 'identities', 'configure', 'setup', 'key', 'paper', 'a4', 'letter', 'my name', 'account', 'profile', 'time-stamp', 'timestamp', 'trusted time', 'backup', 'data', 'folder', 'where'],
  'window.bin': ['trash', 'recycle', 'undelete', 'recover', 'restore'],
  'window.identities': ['certificate', 'identity', 'p12', 'pfx', 'key', 'smart card'],
  'window.trusted-signers': ['fingerprint', 'known signer', 'certificates'],
  'window.trusted-time': ['timestamp', 'tsa', 'rfc 3161', 'clock'],
  'window.library-place': ['place', 'where', 'data', 'network drive'],
  'window.light': ['theme', 'bright', 'colors', 'appearance', 'day', 'white'],
  'window.dark': ['theme', 'night', 'colors', 'appearance', 'black', 'mode'],
  'window.system': ['theme', 'automatic', 'colors', 'appearance'],
  'window.zoom-in': ['zoom', 'font size', 'text size', 'bigger', 'larger', 'enlarge', 'scale', 'magnify'],
  'window.zoom-out': ['zoom', 'smaller', 'shrink', 'font size', 'text size', 'scale', 'less'],
  'window.zoom-reset': ['zoom', 'normal size', 'font size', 'text size', '100', 'original', 'scale'],
  'window.help': ['keys', 'shortcuts', 'keyboard', 'manual', 'how to', 'documentation', 'guide', 'support', 'about', 'question', 'where', 'data', 'f1'],

  'report.save': ['store', 'write', 'keep', 'disk', 'saved'],
  'report.draft': ['print', 'share', 'send', 'email', 'mail', 'attach to an email', 'download', 'output', 'paper', 'for review', 'unsigned', 'save as'],
  'report.sign': ['file', 'filing', 'submit', 'finish', 'publish', 'final', 'seal', 'send', 'signature', 'passphrase', 'password', 'complete', 'approve', 'certificate', 'identity', 'pdf'],
  'report.records': ['journal', 'audit', 'hash', 'sha', 'versions sent'],
  'report.find': ['search', 'substitute', 'change all', 'where', 'look for', 'words', 'text'],
  'report.undo': ['take back', 'revert', 'rollback', 'mistake', 'restore', 'back', 'oops'],
  'report.redo': ['again', 'repeat', 'restore'],
  'report.next-finding': ['next', 'problem', 'error', 'warning', 'issue', 'check', 'fix', 'repair', 'missing', 'what is missing'],
  'report.previous-finding': ['previous', 'problem', 'error', 'warning', 'issue', 'before'],
  'report.mend-finding': ['fix', 'repair', 'correct', 'apply', 'solve', 'mend'],
  'report.explain-finding': ['reason', 'accept', 'ignore', 'dismiss', 'explain', 'exception', 'justify', 'waive', 'why'],
  'report.findings': ['check', 'checks', 'problems', 'errors', 'warnings', 'issues', 'validate', 'review', 'missing', 'blocking', 'spelling', 'lint', 'verify', 'mistakes', 'grammar', 'questions', 'panel', 'sidebar', 'what is missing'],
  'report.preview': ['pages', 'pdf', 'print', 'paper', 'how it looks', 'look', 'layout', 'view', 'panel', 'sidebar'],
  'report.evidence': ['attach', 'attachment', 'file', 'upload', 'add a file', 'document', 'log', 'screenshot', 'proof', 'exhibit', 'panel', 'sidebar'],
  'report.tray': ['unplaced', 'left over', 'waiting', 'missing words', 'inbox', 'panel', 'sidebar'],
  'report.clocks': ['deadline', 'clock', 'filed', 'filing', 'submitted', 'when', 'calendar', 'time left', 'overdue', 'reminder', 'panel', 'sidebar'],
  'report.hide-panel': ['sidebar', 'wider', 'focus', 'full width', 'close'],
  'report.rename': ['title', 'name', 'retitle', 'call', 'file name'],
  'report.add-heading': ['section', 'chapter', 'insert', 'paragraph', 'new heading', 'part', 'subject'],
  'report.add-signer': ['approver', 'signatory', 'sign off', 'author', 'reviewer'],
  'report.zone': ['utc', 'offset', 'summer time', 'timezone', 'gmt', 'daylight saving'],
  'report.next.*': ['stage', 'follow-up', 'intermediate', 'final', 'continue', 'update'],
  'report.as.*': ['save as', 'hand over', 'hand in', 'file', 'portal', 'submit'],
  'report.go.details': ['header', 'fields', 'form', 'answers', 'facts'],
  'report.go.timeline': ['events', 'milestone', 'key moment', 'sequence', 'chronology', 'log', 'history', 'rows', 'chart', 'time zone', 'zone', 'entries', 'diary'],
  'report.go.impact': ['outage', 'impact', 'duration', 'length', 'down', 'degraded', 'availability', 'service'],
  'report.go.actions': ['tasks', 'to do', 'todo', 'follow-up', 'owner', 'remediation', 'corrective', 'plan', 'improvement', 'next steps'],
  'report.go.evidence': ['attachments', 'files', 'annex', 'appendix', 'proof', 'documents'],
  'report.go.signatures': ['signer', 'signatory', 'author', 'approver', 'sign off', 'people', 'person', 'who signs', 'reviewer'],
  'report.go.marking': ['classification', 'confidential', 'tlp', 'secret', 'label', 'restricted', 'version', 'version number', 'sensitivity', 'distribution', 'watermark', 'who may read it', 'public'],
  'report.go.causes': ['why', 'root', 'reason', 'five whys'],
  'report.go.lessons': ['learned', 'went well', 'retrospective', 'learnt'],
  'report.go.letter': ['address', 'addressee', 'sender', 'salutation', 'greeting', 'closing'],

  'text.fact': ['variable', 'placeholder', 'token', 'value', 'answer', 'field', 'duration', 'computed'],
  'text.picture': ['image', 'photo', 'screenshot', 'figure', 'diagram', 'drawing', 'insert', 'png', 'jpeg', 'chart'],
  'text.link': ['url', 'address', 'web', 'hyperlink', 'href'],
  'text.bold': ['strong', 'heavy', 'format'],
  'text.italic': ['emphasis', 'slanted', 'format'],
  'text.list': ['bullets', 'points', 'items'],
  'text.numbered': ['list', 'numbers', 'steps', 'ordered', '1.'],
  'text.quote': ['blockquote', 'cite', 'indent'],
  'text.table': ['grid', 'columns', 'rows', 'cells', 'insert', 'spreadsheet'],
  'text.code': ['monospace', 'command', 'fixed width'],
  'text.code-block': ['monospace', 'log', 'command', 'preformatted', 'terminal'],
  'text.heading': ['title', 'subheading', 'large'],
  'text.delete-row': ['remove'],
  'text.delete-column': ['remove'],
  'text.delete-table': ['remove'],
  'text.merge': ['join', 'combine'],

  'timeline.entry': ['row', 'event', 'add', 'log', 'happened', 'new', 'line', 'insert', 'note'],
  'timeline.edit': ['change', 'correct', 'time', 'date'],
  'timeline.role': ['milestone', 'detected', 'restored', 'mark', 'type', 'flag', 'impact start'],
  'timeline.automated': ['robot', 'alert', 'monitoring', 'system', 'bot', 'automatic'],
  'timeline.above': ['insert', 'row', 'before', 'add'],
  'timeline.phase': ['stage', 'divider', 'group', 'break'],
  'timeline.up': ['sort', 'order', 'earlier'],
  'timeline.down': ['sort', 'order', 'later'],
  'timeline.strike': ['delete', 'remove', 'erase'],

  'library.search': ['find', 'filter', 'look for', 'where'],
  'sign.draft': ['print', 'pdf', 'share', 'unsigned'],
  'sign.sign': ['file', 'submit', 'finish', 'pdf', 'seal'],
  'sign.verify': ['check', 'validate'],
  'sign.reveal': ['folder', 'open', 'where', 'file manager'],
  'verify.next': ['edit', 'revise', 'correct', 'amend', 'continue', 'change'],
  'verify.further': ['countersign', 'approve', 'second signature', 'sign again', 'co-sign', 'add my signature'],
  'further.sign': ['finish', 'countersign', 'approve'],
  'verify.time': ['timestamp', 'time-stamp', 'tsa', 'b-t', 'clock', 'date'],
  'verify.last': ['archive', 'long term', 'ltv', 'lt', 'lta', 'extend', 'proof', 'revocation', 'ocsp', 'renew', 'preserve'],
  'lasting.go': ['extend', 'timestamp', 'archive'],
  'verify.copy': ['clipboard', 'result', 'share', 'email'],
  'batch.save': ['csv', 'spreadsheet', 'excel', 'export', 'download'],
  'batch.search': ['find', 'filter', 'look for'],
  'batch.open': ['verify', 'show'],
  'batch.copy': ['clipboard', 'verdict', 'share', 'email'],
  'batch.stop': ['cancel', 'abort', 'end'],
  'batch.again': ['reload', 'refresh', 'repeat', 'verify again'],
  'records.table': ['csv', 'spreadsheet', 'excel', 'export', 'download'],
  'records.json': ['export', 'data', 'machine'],
  'records.copy': ['hash', 'sha', 'clipboard'],
  'records.search': ['find', 'filter'],
  'due.export': ['calendar', 'ics', 'outlook', 'reminder', 'appointments'],
  'templates.open': ['own', 'custom', 'toml', 'import', 'add'],
  'intake.keep': ['save', 'accept', 'finish', 'import', 'done'],
  'intake.back': ['cancel', 'throw away', 'delete'],
}

/** The other words for an act. */
export function alsoCalled(id: string): readonly string[] {
  const exact = synonyms[id]
  if (exact) return exact
  const family = Object.keys(synonyms).find((key) => key.endsWith('*') && id.startsWith(key.slice(0, -1)))
  return (family && synonyms[family]) || []
}

/** What is done in another way than by a command, or not at all: said in a line, so that nobody looks in vain. */
export interface Hint {
  /** The words it answers to. */
  for: readonly string[]
  say: string
  /** Not said where one of these can be done. */
  unless?: readonly string[]
}

export const hints: readonly Hint[] = [
  { for: ['compare', 'diff', 'difference', 'changes', 'what changed', 'track changes'], say: 'Compare two versions: on the command line, rapporteur diff first.pdf second.pdf' },
  { for: ['history', 'versions', 'revisions', 'earlier version', 'previous version', 'snapshot'], say: 'History: Undo goes back step by step; every exported PDF carries its whole report and opens again. There is no list of earlier versions yet.' },
  { for: ['delete', 'remove', 'trash', 'discard', 'erase'], say: 'Delete: a row with the button at its end; a report in the library, with the Delete key.', unless: ['library.delete', 'report.remove', 'report.delete'] },
  { for: ['bin', 'trash', 'recycle', 'restore', 'recover', 'undelete', 'deleted'], say: 'Bin: a report just deleted in the library comes back with Undo beside the message.', unless: ['window.bin', 'library.bin'] },
  { for: ['copy', 'cut'], say: 'Copy and cut: select the words, then Ctrl+C or Ctrl+X.', unless: ['verify.copy'] },
  { for: ['duplicate', 'copy report', 'clone'], say: 'Duplicate a report: export a draft and open that PDF; it opens as a report of its own.', unless: ['report.duplicate', 'library.duplicate'] },
  { for: ['picture', 'image', 'photo', 'figure', 'screenshot'], say: 'Picture: put the cursor in a text; Picture is in the toolbar below it. You can also paste or drop one there.', unless: ['text.picture'] },
  { for: ['diagram', 'drawing', 'chart', 'flowchart', 'sketch'], say: 'Diagram: add it to a text as a picture. The chart of the timeline is drawn by itself.' },
  { for: ['bold', 'italic', 'underline', 'format', 'style', 'font', 'table', 'list', 'quote', 'bullets', 'link', 'url'], say: 'Formatting: put the cursor in a text; its toolbar is below it.', unless: ['text.bold'] },
  { for: ['font', 'typeface', 'margin'], say: 'Fonts and margins of the PDF are fixed, so that every report is archival and accessible.' },
  { for: ['email', 'mail', 'send', 'share', 'upload', 'cloud', 'sync', 'publish'], say: 'Send: Rapporteur sends nothing itself. Export the PDF and attach it to your message.' },
  { for: ['spelling', 'spell', 'spellcheck', 'grammar', 'dictionary', 'proofread'], say: 'Spelling is not checked. Words often confused (effected, affected) are among the findings.' },
  { for: ['language', 'translate', 'german', 'french', 'english'], say: 'Language: the window is in English; a report is in the language of its form.' },
  { for: ['quit', 'exit', 'close', 'shut'], say: 'Quit: close the window. Everything is saved as you type.' },
  { for: ['lesson', 'lessons', 'learned'], say: 'Lessons: this form has no heading for them. Add a heading of your own, or choose a form that asks for them.', unless: ['report.go.lessons'] },
  { for: ['encrypt', 'password', 'lock', 'protect'], say: 'Passwords: a PDF that is filed is never locked. Use your system’s disk encryption for the library.' },
  { for: ['comment', 'note', 'margin', 'review', 'annotate', 'suggest'], say: 'Comments: export a draft and have it read; there are no comments inside a report yet.' },
  { for: ['update', 'upgrade', 'version of rapporteur'], say: 'Updates: Rapporteur never updates itself and asks nothing of the network.' },
  { for: ['cut', 'paste'], say: 'Paste: Ctrl+V in a field or a text; several lines pasted into the timeline become rows.' },
  { for: ['trust', 'known signer', 'fingerprint'], say: 'Trust: a PDF’s signer is shown with a fingerprint when the file is verified. Compare it with the one the signer gives you.', unless: ['verify.trust', 'window.trust', 'settings.trust'] },
]

/** The lines for what was typed: a word of theirs, or the first letters of one. */
export function hintsFor(typed: string, can: (id: string) => boolean): Hint[] {
  const asked = typed.trim().toLowerCase()
  if (asked.length < 3) return []
  const fits = ({ for: words, unless = [] }: Hint) => words.some((word) => word === asked || word.startsWith(asked) || asked.split(/\s+/).includes(word)) && !unless.some(can)
  return hints.filter(fits)
}
