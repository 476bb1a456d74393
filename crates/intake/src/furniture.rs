//! Page furniture: what a page says about itself and not about the incident. Rules as data, each with its name; what a rule takes is listed.
//! Always true: a word that could be the author's ("Key", "Sign in", "Back") is taken only on a page that shows by other lines what it is.
//! Deliberately absent: guesses by looks; an unknown line stays.

use crate::piece::{Piece, Shape};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Furniture {
    /// For each piece, the rule that takes it.
    pub rules: Vec<Option<&'static str>>,
    /// For each piece, how many pictures it stands for ("Image Added").
    pub pictures: Vec<usize>,
    /// Pieces after which another post of a forum begins.
    pub posts: Vec<usize>,
}

/// A kind of page, known by lines that stand nowhere else.
struct Page {
    name: &'static str,
    /// Lines that only such a page has; one is enough to know it.
    sure: &'static [&'static str],
    /// Lines that such a page has and an author may write too.
    unsure: &'static [&'static str],
    /// What a line of such a page may hold besides a name or a number.
    holds: &'static [&'static str],
}

const FORUM: Page = Page {
    name: "forum page",
    sure: &[
        "already have an account? sign in here.",
        "create an account or sign in to comment",
        "jump to content",
        "link to comment",
        "recommended posts",
        "share on other sites",
    ],
    unsure: &[
        "create an account",
        "register a new account",
        "sign in",
        "sign in now",
        "create new...",
        "go to topic listing",
        "quote",
        "report post",
        "share this post",
        "followers",
        "reply to this topic",
        "insert image from url",
        "×",
    ],
    holds: &["sign up for a new account", "you need to be a member", " changed the title to "],
};

const WIKI_COMPARE: Page = Page {
    name: "comparison of two versions",
    sure: &["versions compared", "this line was added.", "this line was removed.", "formatting was changed."],
    unsure: &["key", "old version", "new version", "changes", "view page history", "compare with current"],
    holds: &[],
};

const WIKI: Page = Page {
    name: "wiki page",
    sure: &["created by", "last modified by", "jira links", "page tree", "skip to end of banner", "go to start of banner"],
    unsure: &["table of contents", "attachments", "labels", "no labels", "edit", "watch", "share", "space shortcuts", "child pages"],
    holds: &[],
};

/// Taken wherever they stand: no author writes them as a line of a report.
const ANYWHERE: &[(&str, &[&str])] = &[
    ("navigation", &["skip to content", "skip to main content", "toggle navigation", "back to top", "jump to navigation"]),
    ("page macro", &["table of contents", "expand all", "collapse all", "click here to expand..."]),
    ("cookie notice", &["accept all cookies", "manage cookies", "reject all cookies"]),
];

/// Taken only as the first line of a text.
const FIRST: &[&str] = &["back", "home", "menu", "print", "share", "« back", "← back"];

/// The endings of a forum's counts of reactions: "Thanks 1".
const REACTIONS: &[&str] = &["thanks", "like", "haha", "confused", "sad", "upvote"];

/// What the pieces of a text hold of furniture.
pub(crate) fn furniture(pieces: &[Piece]) -> Furniture {
    let lines: Vec<String> = pieces.iter().map(line).collect();
    let known = |page: &'static Page| lines.iter().any(|line| page.sure.contains(&line.as_str())).then_some(page);
    let pages: Vec<&Page> = [&FORUM, &WIKI_COMPARE, &WIKI].into_iter().filter_map(known).collect();
    let forum = pages.iter().any(|page| page.name == FORUM.name);
    let first = lines.iter().position(|line| !line.is_empty());
    let mut found = Furniture::default();
    for (at, (piece, line)) in pieces.iter().zip(&lines).enumerate() {
        found.pictures.push(pictures(line));
        found
            .rules
            .push(rule(piece, line, &pages).or_else(|| (Some(at) == first && FIRST.contains(&line.as_str())).then_some("navigation")));
        if forum && line == "link to comment" {
            found.posts.push(at);
        }
    }
    found
}

fn rule(piece: &Piece, line: &str, pages: &[&'static Page]) -> Option<&'static str> {
    if line.is_empty() || !(piece.is_text() || matches!(piece.shape, Shape::Heading(_) | Shape::Edge)) {
        return None;
    }
    if pictures(line) > 0 {
        return None;
    }
    if !line.contains(char::is_alphanumeric) {
        return Some("mark without words");
    }
    if matches!(piece.shape, Shape::Edge) && is_page_number(line) {
        return Some("page number");
    }
    if is_foot_of_page(line) {
        return Some("the foot of a page");
    }
    if let Some((name, _)) = ANYWHERE.iter().find(|(_, lines)| lines.contains(&line)) {
        return Some(name);
    }
    let takes = |page: &&&Page| {
        page.sure.contains(&line)
            || page.unsure.contains(&line)
            || page.holds.iter().any(|held| line.contains(held))
            || (page.name == FORUM.name && is_reaction(line))
    };
    pages.iter().find(takes).map(|page| page.name)
}

/// A line as compared: lower case, plain blanks, no bullet.
fn line(piece: &Piece) -> String {
    piece.words.text().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How many pictures a line stands for: "Image Added", "Image AddedImage Added".
fn pictures(line: &str) -> usize {
    const MARKS: [&str; 4] = ["image added", "image modified", "image removed", "image placeholder"];
    let (mut rest, mut count) = (line, 0);
    while !rest.is_empty() {
        let Some(after) = MARKS.iter().find_map(|mark| rest.strip_prefix(mark)) else { return 0 };
        (rest, count) = (after.trim_start(), count + 1);
    }
    count
}

fn is_reaction(line: &str) -> bool {
    line.rsplit_once(' ').is_some_and(|(word, number)| REACTIONS.contains(&word) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// "3", "Page 3", "Page 3 of 7", "3/7".
fn is_page_number(line: &str) -> bool {
    let words: Vec<&str> = line.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        ["page", rest @ ..] | rest => {
            matches!(rest, [one] if number(one)) || matches!(rest, [one, "of", all] | [one, all] if number(one) && number(all))
        }
    }
}

/// "Depot Ltd - Page 1 of 2", "Document ID 4471 | Version 2 | Printed 3 July 2025": what a program prints below each page. `line` is in small
/// letters.
fn is_foot_of_page(line: &str) -> bool {
    const LONGEST: usize = 120;
    const PARTS: [&str; 9] =
        ["document id", "doc id", "version", "printed", "classification", "uncontrolled when printed", "revision", "template", "page"];
    if line.len() > LONGEST {
        return false;
    }
    let parts: Vec<&str> = line.split(['|', '·', '•']).map(str::trim).collect();
    let counted = |part: &&str| {
        let number = |word: Option<&str>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        let mut words = part.rsplit(' ');
        let (last, of, first, page) = (words.next(), words.next(), words.next(), words.next());
        number(last)
            && of.is_some_and(|of| matches!(of, "of" | "/" | "von" | "sur" | "de"))
            && number(first)
            && matches!(page, Some("page" | "seite"))
    };
    let of_document = |part: &&str| PARTS.iter().any(|word| part.starts_with(word));
    parts.iter().any(counted) || parts.len() >= 3 && parts.iter().filter(|part| of_document(part)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::pieces;
    use crate::piece::support::plain_source;

    fn taken(text: &str) -> Vec<String> {
        let pieces = pieces(&plain_source(text));
        let found = furniture(&pieces);
        pieces.iter().zip(&found.rules).filter_map(|(piece, rule)| rule.map(|rule| format!("{}: {rule}", piece.text()))).collect()
    }

    #[test]
    fn what_is_printed_below_a_page_is_no_line_of_the_text() {
        let feet = ["Depot Ltd - Page 1 of 2", "Document ID 4471 | Version 2 | Printed 3 July 2025", "Seite 3 von 4"];
        let words = ["We tore out page 3 of 4 pages", "Version 2 broke", "Printed | by | hand"];
        for foot in feet {
            assert_eq!(taken(&format!("The pump stopped.\n\n{foot}\n")).len(), 1, "{foot}");
        }
        for line in words {
            assert_eq!(taken(&format!("The pump stopped.\n\n{line}\n")).len(), 0, "{line}");
        }
    }

    #[test]
    fn a_forum_s_own_lines_go_and_the_author_s_stay() {
        let page = "Jump to content\n\nPump stopped\n  • Ana changed the title to Pump stopped\nThe pump stopped.\n  • Thanks 2\nLink to comment\nSign in\n×";
        assert_eq!(
            taken(page),
            [
                "Jump to content: forum page",
                "Ana changed the title to Pump stopped: forum page",
                "Thanks 2: forum page",
                "Link to comment: forum page",
                "Sign in: forum page",
                "×: mark without words",
            ]
        );
    }

    #[test]
    fn the_same_words_on_another_page_are_the_author_s() {
        assert_eq!(taken("Sign in\nKey\nAna changed the title to Pump stopped\nQuote"), [""; 0]);
    }

    #[test]
    fn pictures_that_did_not_come_along_are_counted() {
        let pieces = pieces(&plain_source("Image AddedImage Added\nImage Modified\nImage added by Ana"));
        assert_eq!(furniture(&pieces).pictures, [2, 1, 0]);
    }

    #[test]
    fn a_lone_back_is_navigation_only_at_the_top() {
        assert_eq!(taken("Back\nPump is\nback"), ["Back: navigation"]);
    }
}
