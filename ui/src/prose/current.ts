// The text that is being written now. The system hands files dropped on the window to the window, not to the element under the
// pointer; whoever hears of them can put pictures where the author writes.
export interface CurrentText {
  /** Puts PNG and JPEG files in as figures where the caret is, and names what is neither. */
  addPictures: (files: File[]) => void
}

let current: CurrentText | null = null

/** The text that has the keyboard; none when it is elsewhere. */
export function currentText(): CurrentText | null {
  return current
}

export function beginWriting(text: CurrentText) {
  current = text
}

export function endWriting(text: CurrentText) {
  if (current === text) current = null
}
