import { expect, test } from 'vitest'
import { address, isAddress } from './links'
import { cleaned, paragraphs } from './paste'

const word = (level: number, marker: string, text: string) =>
  `<p class="MsoListParagraph" style="margin-left:36pt;mso-list:l0 level${level} lfo1"><!--[if !supportLists]--><span style="mso-list:Ignore">${marker}<span>&nbsp;&nbsp; </span></span><!--[endif]-->${text}<o:p></o:p></p>`

test('lists of Word become lists, with their levels', () => {
  const { html } = cleaned(`<p>Before</p>${word(1, '·', 'Valve')}${word(2, 'o', 'stuck')}${word(1, '·', 'Pump')}<p>After</p>`)
  expect(html).toBe('<p>Before</p><ul><li><p>Valve</p><ul><li><p>stuck</p></li></ul></li><li><p>Pump</p></li></ul><p>After</p>')
})

test('numbers of Word begin where they began', () => {
  const { html } = cleaned(`${word(1, '3.', 'third')}${word(1, '4.', 'fourth')}`)
  expect(html).toBe('<ol start="3"><li><p>third</p></li><li><p>fourth</p></li></ol>')
})

test('lists that something stands between stay two', () => {
  const { html } = cleaned(`${word(1, '·', 'one')}<p>between</p>${word(1, '·', 'two')}`)
  expect(html).toBe('<ul><li><p>one</p></li></ul><p>between</p><ul><li><p>two</p></li></ul>')
})

test('scripts, styles and pictures on other machines are left out, and the pictures are counted', () => {
  const pixel = '<img src="https://count.example/p.gif" width="1" height="1">'
  const { html, remote, pictures } = cleaned(
    `<style>p{}</style><script>alert(1)</script><p>a<img src="https://x.example/a.png" onerror="x()"></p>${pixel}<img src="file:///c:/clip.png">`,
  )
  expect({ html, remote, pictures }).toEqual({ html: '<p>a</p>', remote: 2, pictures: [] })
})

test('a picture inside the HTML becomes a file', () => {
  const { pictures, html } = cleaned('<p>a</p><img src="data:image/png;base64,iVBORw0KGgo=">')
  expect(html).toBe('<p>a</p>')
  expect(pictures.map(({ name, type, size }) => ({ name, type, size }))).toEqual([{ name: 'picture-1.png', type: 'image/png', size: 8 }])
})

test('tables and their spans stay', () => {
  expect(cleaned('<table><tr><td colspan="2">x</td></tr></table>').html).toContain('<td colspan="2">x</td>')
})

test('headings of a page become the two levels of a section', () => {
  expect(cleaned('<h1>a</h1><h3>b</h3><h5>c</h5>').html).toBe('<h3>a</h3><h3>b</h3><h4>c</h4>')
})

test('plain text keeps its paragraphs', () => {
  expect(paragraphs('one\ntwo\r\nthree')).toEqual([['one'], ['two'], ['three']])
  expect(paragraphs('one\nstill one\n\n\ntwo\n')).toEqual([['one', 'still one'], ['two']])
})

test('only the web and mail can be linked', () => {
  expect(['https://a.example/x', 'a.example/x', 'ops@a.example', 'mailto:a@b.example'].map(address)).toEqual([
    'https://a.example/x', 'https://a.example/x', 'mailto:ops@a.example', 'mailto:a@b.example',
  ])
  expect(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'two words', ''].map(address)).toEqual([null, null, null, null, null])
  expect(isAddress('ftp://a.example')).toBe(false)
})
