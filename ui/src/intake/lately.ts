// The review that was left last: kept as a report, or only left. It is taken up again with its choices until another text is read.
import type { Review } from './review.svelte'

export const lately: { review: Review | null; kept: boolean } = { review: null, kept: false }
