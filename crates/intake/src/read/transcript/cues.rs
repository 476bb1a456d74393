//! Captions (WebVTT, "Syntax"; SubRip has the same with a comma for the point). Always true: a line of a caption that is no tag of the format is
//! kept as it stands.

/// A caption.
pub(super) struct Cue<'a> {
    /// Milliseconds since the start of the recording.
    pub begin: u64,
    /// The line that says when it is shown.
    pub timing: &'a str,
    /// Who says what; nobody's name where none is given.
    pub voices: Vec<(String, String)>,
}

/// The captions of a text, and what it says that is none.
pub(super) fn cues<'a>(text: &'a str, beside: &mut Vec<&'a str>) -> Vec<Cue<'a>> {
    let mut cues = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        let end = (at..lines.len()).find(|end| lines[*end].trim().is_empty()).unwrap_or(lines.len());
        let block = &lines[at..end];
        at = end + 1;
        // A caption may have a name or a number of its own above its time.
        match block.iter().take(2).position(|line| timing(line).is_some()) {
            Some(place) => {
                let begin = timing(block[place]).unwrap_or_default();
                let payload = block[place + 1..].join("\n");
                beside.extend(&block[..place]);
                cues.push(Cue { begin, timing: block[place].trim(), voices: voices(&payload) });
            }
            None => beside.extend(block),
        }
    }
    cues
}

/// When a caption begins, of the line that says so.
pub(super) fn timing(line: &str) -> Option<u64> {
    let (from, to) = line.split_once("-->")?;
    milliseconds(to.split_whitespace().next()?)?;
    milliseconds(from.trim())
}

/// `01:02:03.250`, `02:03,250`.
fn milliseconds(clock: &str) -> Option<u64> {
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let parts: Vec<u64> = whole.split(':').map(|part| part.parse().ok().filter(|part: &u64| *part < 1_000_000)).collect::<Option<_>>()?;
    let seconds = match parts[..] {
        [minutes, seconds] => minutes * 60 + seconds,
        [hours, minutes, seconds] => hours * 3600 + minutes * 60 + seconds,
        _ => return None,
    };
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(seconds * 1000 + fraction.parse::<u64>().ok()?)
}

/// `01:02:03`, as players show it.
pub(super) fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The words of a caption by speaker: `<v Ada>On it</v>`. Tags of style and times between words say nothing to a reader.
fn voices(payload: &str) -> Vec<(String, String)> {
    let mut voices: Vec<(String, String)> = vec![(String::new(), String::new())];
    let mut rest = payload;
    while let Some((before, after)) = rest.split_once('<') {
        push(&mut voices, &unescaped(before));
        // No name is longer; looking further for the end of every lone sign would take as long as the text is, each time.
        const LONGEST: usize = 300;
        let near = &after[..after.floor_char_boundary(LONGEST)];
        let Some((tag, behind)) = near.find('>').map(|end| (&after[..end], &after[end + 1..])).filter(|(tag, _)| is_tag(tag)) else {
            push(&mut voices, "<");
            rest = after;
            continue;
        };
        match tag.split_once(char::is_whitespace) {
            Some((kind, who)) if kind == "v" || kind.starts_with("v.") => voices.push((unescaped(who.trim()), String::new())),
            _ if tag == "/v" => voices.push((String::new(), String::new())),
            _ => {}
        }
        rest = behind;
    }
    push(&mut voices, &unescaped(rest));
    let whole = |(who, words): (String, String)| (who, words.split_whitespace().collect::<Vec<_>>().join(" "));
    voices.into_iter().map(whole).filter(|(_, words)| !words.is_empty()).collect()
}

fn push(voices: &mut [(String, String)], words: &str) {
    if let Some((_, said)) = voices.last_mut() {
        said.push_str(words);
    }
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split([' ', '.', '\t', '\n']).next().unwrap_or_default();
    matches!(name, "v" | "c" | "i" | "b" | "u" | "ruby" | "rt" | "lang" | "font") || milliseconds(tag).is_some()
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, meant)| text.replace(mark, meant))
}
