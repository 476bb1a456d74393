//! Updates and files that readers take differently. Whatever any reader could show otherwise is not sound; what honest programs write is.

use lopdf::{Document, Object};
use seal::{ChangedSince, Doubt, Draft, ReserveError, SignIn, Signer, Unreadable, Verdict};

use crate::{
    document::{prepared, sign, statement, unsigned, verify},
    forge::{Update, row},
    signing::own_identity,
    tampering::{find, is_type, judged},
};

const BLACK: &[u8] = b"q 0 0 0 rg 0 0 2000 2000 re f Q\n";

/// A signed file, and the numbers of its page and of what the page shows.
pub struct Signed {
    pub pdf: Vec<u8>,
    page: u32,
    content: u32,
}

impl Signed {
    pub fn new() -> Self {
        let pdf = sign(&unsigned(), &own_identity("Anna Author"));
        let document = Document::load_mem(&pdf).expect("readable");
        let page = find(&document, |object| is_type(object, b"Page"));
        let content = document.get_dictionary(page).and_then(|page| page.get(b"Contents")).and_then(Object::as_reference).expect("content");
        Self { pdf, page: page.0, content: content.0 }
    }

    /// An update with a new date in the information dictionary, which is foreseen.
    pub fn update(&self) -> Update {
        let update = Update::to(&self.pdf);
        let info = update.info();
        update.object(info, "<< /Title (Incident report) /ModDate (D:20261201090000Z) >>")
    }
}

/// The verdict must not be sound, and the first signature must say why.
fn refused(name: &str, pdf: &[u8]) -> Verdict {
    let verdict = judged(pdf);
    let Some(first) = verdict.signatures.first() else {
        // Where readers may take another catalog, there may be none in ours.
        assert!(!verdict.sound() && !verdict.doubts.is_empty(), "{name}: {verdict:#?}");
        return verdict;
    };
    assert!(first.intact && first.valid, "{name}: {verdict:#?}");
    assert!(!verdict.sound() && matches!(first.changed_since, ChangedSince::Unexplained(_)), "{name}: {verdict:#?}");
    assert!(!first.ambiguous_since.is_empty() && first.ambiguous.is_empty(), "{name}: {verdict:#?}");
    verdict
}

fn accepted(name: &str, pdf: &[u8]) {
    let verdict = judged(pdf);
    assert!(verdict.sound(), "{name}: {verdict:#?}");
}

#[test]
fn an_honest_update_is_foreseen_however_it_is_written() {
    let signed = Signed::new();
    accepted("a table", &signed.update().done());
    let info = signed.update().info();
    let at = signed.update().at[&info];
    let spelled = |rows: String| signed.update().with_table(&rows, "");
    accepted("with the head of the free list", &spelled(format!("0 1\n0000000000 65535 f \n{info} 1\n{at:010} 00000 n \n")));
    accepted("lines that end with CR and LF", &spelled(format!("{info} 1\r\n{at:010} 00000 n\r\n")));
    accepted("an empty subsection", &spelled(format!("0 0\n{info} 1\n{at:010} 00000 n \n")));
    let update = signed.update();
    let (number, size) = (update.size, update.size + 1);
    let rows = update.stream_rows(&[info, number]);
    accepted("a stream", &update.with_stream(number, &format!("/W [1 4 2] /Index [{info} 1 {number} 1]"), &rows));
    let update = signed.update();
    let rows = update.stream_rows(&[info]);
    accepted(
        "a stream that does not list itself",
        &update.with_stream(number, &format!("/W [1 4 2] /Index [{info} 1] /Size {size}"), &rows),
    );
    let twice = Update::to(&signed.update().done()).object(info, "<< /Title (Incident report) /Producer (Else) >>").done();
    accepted("one update after another", &twice);
    accepted(
        "a comment between the objects",
        &Update::to(&signed.update().done()).raw(b"% made by hand\n").object(info, "<< /Title (Incident report) >>").done(),
    );
}

#[test]
fn a_table_behind_a_stream_is_refused() {
    let signed = Signed::new();
    let update = signed.update();
    let (info, number, at) = (update.info(), update.size, update.bytes.len());
    let rows = update.stream_rows(&[info, number]);
    let streamed = update.with_stream(number, &format!("/W [1 4 2] /Index [{info} 1 {number} 1]"), &rows);
    accepted("a stream", &streamed);
    let behind = Update { bytes: streamed, previous: at, size: number + 1, ..Update::to(&signed.pdf) };
    refused("a table behind it", &behind.object(info, "<< /Title (Incident report) >>").done());
}

#[test]
fn a_table_that_does_not_hold_what_it_says_is_refused() {
    let signed = Signed::new();
    let info = signed.update().info();
    let at = signed.update().at[&info];
    // The unlisted twin of the page's content is what readers find that rebuild the table.
    let forged = |rows: String| signed.update().raw(&twin(signed.content)).with_table(&rows, "");
    for count in [0, 2, 3, 9, 4_000] {
        refused(&format!("counts {count}"), &forged(format!("{info} {count}\n{at:010} 00000 n \n")));
    }
    let plain = |rows: String| signed.update().with_table(&rows, "");
    refused("an entry of 19 bytes", &plain(format!("{info} 1\n{at:010} 00000 n\n")));
    refused("an entry of 21 bytes", &plain(format!("{info} 1\n{at:010} 00000 n  \n")));
    refused("an entry of another kind", &plain(format!("{info} 1\n{at:010} 00000 m \n")));
    refused("an object listed twice", &plain(format!("{info} 1\n{at:010} 00000 n \n{info} 1\n{at:010} 00000 n \n")));
    refused(
        "sections that overlap",
        &plain(format!("{0} 2\n{at:010} 00000 n \n{at:010} 00000 n \n{info} 1\n{at:010} 00000 n \n", info - 1)),
    );
    refused("the head of the free list in use", &plain(format!("0 1\n{at:010} 65535 n \n{info} 1\n{at:010} 00000 n \n")));
    let update = signed.update();
    let (rows, kept, previous) = (update.rows(), update.kept.clone(), update.previous);
    refused("a size below its objects", &update.with_trailer(&rows, &format!("/Size 5 {kept} /Prev {previous}")));
    let update = signed.update();
    refused(
        "a start that is another byte",
        &[
            &update.bytes[..],
            b" xref\n",
            rows.as_bytes(),
            format!("trailer\n<< /Size 40 {kept} /Prev {previous} >>\nstartxref\n{}\n%%EOF\n", update.bytes.len()).as_bytes(),
        ]
        .concat(),
    );
}

fn twin(content: u32) -> Vec<u8> {
    [format!("{content} 0 obj\n<< /Length {} >>\nstream\n", BLACK.len()).as_bytes(), BLACK, b"\nendstream\nendobj\n"].concat()
}

#[test]
fn objects_that_no_table_lists_are_refused_wherever_they_hide() {
    let signed = Signed::new();
    let hidden = twin(signed.content);
    let info = signed.update().info();
    refused("between the objects", &signed.update().raw(&hidden).done());
    refused("behind the table", &[&signed.update().done()[..], &hidden].concat().into_iter().chain(*b"%%EOF\n").collect::<Vec<_>>());
    refused("before the objects", &Update::to(&signed.pdf).raw(&hidden).object(info, "<< /Title (Incident report) >>").done());
    let free = signed.update().size;
    refused("inside a stream", &signed.update().stream(free, "", &hidden).done());
    refused("inside a string", &signed.update().object(free, &format!("({} 0 obj << >> endobj)", signed.content)).done());
    refused("with other white space", &signed.update().raw(format!("{}\t0\r\nobj << >> endobj\n", signed.content).as_bytes()).done());
    refused("around a comment", &signed.update().raw(format!("{} 0 % note\nobj << >> endobj\n", signed.content).as_bytes()).done());
    refused("in a comment", &signed.update().raw(format!("% {} 0 obj << >> endobj\n", signed.content).as_bytes()).done());
    refused("a second trailer", &signed.update().raw(b"trailer << /Root 1 0 R >>\n").done());
    accepted("a stream without any", &signed.update().stream(free, "", b"obj objection 4 object").done());
}

#[test]
fn a_place_must_hold_the_object_it_is_listed_for() {
    let signed = Signed::new();
    let content = signed.content;
    let body = format!("<< /Length {} >>\nstream\n{}\nendstream", BLACK.len(), String::from_utf8_lossy(BLACK));
    for header in ["999 0 obj", "0 0 obj", "-1 0 obj"] {
        refused(header, &signed.update().named(content, header, &body).done());
    }
    let info = signed.update().info();
    let at = signed.update().at[&info];
    for offset in [at - 1, at + 1, at + 5, 0, 17, at * 1_000] {
        refused(&format!("{offset} for {at}"), &signed.update().with_table(&format!("{info} 1\n{offset:010} 00000 n \n"), ""));
    }
    // In the middle of a number stands a smaller one.
    let update = signed.update().object(100 + info, "<< /Title (Another report) >>");
    let inside = update.at[&(100 + info)] + (100 + info).to_string().len() - info.to_string().len();
    let rows = format!("{info} 1\n{inside:010} 00000 n \n{} 1\n{:010} 00000 n \n", 100 + info, update.at[&(100 + info)]);
    refused("in the middle of another number", &update.with_table(&rows, ""));
    refused("another generation", &signed.update().with_table(&format!("{info} 1\n{at:010} 00003 n \n"), ""));
    refused("more than a blank", &Update::to(&signed.pdf).named(info, &format!("{info}  0 obj"), "<< /Title (Incident report) >>").done());
    // Two numbers, one place.
    let update = signed.update();
    let free = update.size;
    let rows = format!("{}{free} 1\n{at:010} 00000 n \n", update.rows());
    refused("two entries for one place", &Update { size: free + 1, ..update }.with_table(&rows, ""));
    // The same through a stream.
    let update = signed.update();
    let rows = [row(1, u32::try_from(at + 1).expect("small"), 0), update.stream_rows(&[free])].concat();
    refused("a stream that names another place", &update.with_stream(free, &format!("/W [1 4 2] /Index [{info} 1 {free} 1]"), &rows));
}

#[test]
fn a_key_twice_or_in_disguise_is_refused_in_every_dictionary() {
    let signed = Signed::new();
    let (info, free) = (signed.update().info(), signed.update().size);
    let page = |contents: &str| {
        let document = Document::load_mem(&signed.pdf).expect("readable");
        let parent =
            document.get_dictionary((signed.page, 0)).and_then(|page| page.get(b"Parent")).and_then(Object::as_reference).expect("one");
        signed
            .update()
            .object(signed.page, &format!("<< /Type /Page /Parent {} 0 R {contents} >>", parent.0))
            .stream(free, "", BLACK)
            .done()
    };
    refused("the page's content twice", &page(&format!("/Contents {free} 0 R /Contents {} 0 R", signed.content)));
    refused("once in disguise", &page(&format!("/Con#74ents {free} 0 R /Contents {} 0 R", signed.content)));
    refused("only in disguise", &page(&format!("/#43ontents {free} 0 R")));
    refused("nested", &page(&format!("/Contents {} 0 R /Resources << /Font << /F0 1 0 R /F0 2 0 R >> >>", signed.content)));
    for body in
        ["/Title (A) /Title (B)", "/T#69tle (A)", "/Title (A) /X [ << /Y << /A 1 /B 2 /A 1 >> >> ]", "/Title (A) /Mod#44ate (D:2026)"]
    {
        refused(body, &Update::to(&signed.pdf).object(info, &format!("<< {body} >>")).done());
    }
    refused("a stream's length twice", &signed.update().sized_stream(free, "/Length 32 /Length 4", BLACK).done());
    let rows = signed.update().rows();
    let root = signed.update().kept.clone();
    for more in [root.as_str(), "/Prev 17", "/Si#7ae 4", "/P#72ev 17", "/XRef#53tm 400", "/Ro#6ft 1 0 R", "/Nested << /A 1 /A 2 >>"] {
        refused(more, &signed.update().with_table(&rows, more));
    }
    accepted(
        "escapes that are needed",
        &Update::to(&signed.pdf)
            .object(info, "<< /Title (Incident report) /ModDate (D:2026) >>")
            .object(free, "<< /Lime#20Green 1 /A#2FB 2 >>")
            .done(),
    );
}

#[test]
fn hybrid_files_are_refused_by_any_name() {
    let signed = Signed::new();
    let (info, free) = (signed.update().info(), signed.update().size);
    for key in ["/XRefStm", "/XRef#53tm", "/#58RefStm", "/X#52#65f#53tm"] {
        let update = signed.update();
        let place = update.bytes.len();
        let rows = [row(1, u32::try_from(update.at[&info]).expect("small"), 0), row(1, u32::try_from(place).expect("small"), 0)].concat();
        let (size, kept, previous) = (free + 1, update.kept.clone(), update.previous);
        let dictionary = format!("/Type /XRef /W [1 4 2] /Index [{info} 1 {free} 1] /Size {size} {kept} /Prev {previous}");
        let update = update.stream(free, &dictionary, &rows);
        let table = update.rows();
        refused(key, &update.with_table(&table, &format!("{key} {place}")));
    }
}

#[test]
fn a_cross_reference_stream_is_exact_or_refused() {
    let signed = Signed::new();
    let (info, free) = (signed.update().info(), signed.update().size);
    let attempt = |layout: &str, more: &[u8]| {
        let update = signed.update();
        let rows = [update.stream_rows(&[info, free]), more.to_vec()].concat();
        update.with_stream(free, layout, &rows)
    };
    let extra = row(1, 400, 0);
    refused("a row more than it counts", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free} 1]"), &extra));
    refused("half a row more", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free} 1]"), &extra[..3]));
    refused("a row less", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free} 2] /Size {}", free + 2), &[]));
    refused("an object twice", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free} 1 {info} 1]"), &extra));
    refused("an odd index", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free}]"), &[]));
    refused("other widths", &attempt(&format!("/W [1 2 4] /Index [{info} 1 {free} 1]"), &[]));
    refused("two widths", &attempt(&format!("/W [1 6] /Index [{info} 1 {free} 1]"), &[]));
    refused("a size below its objects", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free} 1] /Size 3"), &[]));
    refused("an unknown kind of entry", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free} 1 7 1]"), &row(9, 0, 0)));
    refused("filters twice", &attempt(&format!("/W [1 4 2] /Index [{info} 1 {free} 1] /Filter [/FlateDecode /FlateDecode]"), &[]));
}

#[test]
fn object_streams_hold_what_is_listed_or_are_refused() {
    let signed = Signed::new();
    let info = Update::to(&signed.pdf).info();
    let (container, table) = (Update::to(&signed.pdf).size, Update::to(&signed.pdf).size + 1);
    let body = "<< /Title (Incident report) /ModDate (D:20261201090000Z) >>";
    // `more` are further entries of the table; the object's place in the stream is `index`.
    let packed = |counts: &str, head: &str, tail: &str, index: u16| {
        let data = format!("{head}{body} {tail}");
        let update = Update::to(&signed.pdf).stream(container, &format!("/Type /ObjStm {counts} /First {}", head.len()), data.as_bytes());
        let rows = [row(2, container, index), update.stream_rows(&[container, table])].concat();
        update.with_stream(table, &format!("/W [1 4 2] /Index [{info} 1 {container} 2]"), &rows)
    };
    accepted("one object", &packed("/N 1", &format!("{info} 0 "), "", 0));
    refused("counted as two", &packed("/N 2", &format!("{info} 0 "), "", 0));
    refused("counted as none", &packed("/N 0", &format!("{info} 0 "), "", 0));
    refused("another number", &packed("/N 1", &format!("{} 0 ", info + 1), "", 0));
    refused("at another place", &packed("/N 1", &format!("{info} 0 "), "", 1));
    let end = body.len() + 1;
    refused("the number twice", &packed("/N 2", &format!("{info} 0 {info} {end} "), "<< /Title (B) >>", 0));
    refused("an object not listed", &packed("/N 2", &format!("{info} 0 {} {end} ", signed.content), "<< >>", 0));
    refused("an index not counted", &packed("/N 1", &format!("{info} 0 {} {end} ", signed.content), "<< >>", 0));
    refused("places out of order", &packed("/N 2", &format!("{info} {end} {} 0 ", signed.content), "<< /Title (B) >>", 0));
    let hidden =
        signed.update().stream(container, "/Type /ObjStm /N 1 /First 6", format!("{:<6}<< >>", format!("{} 0", signed.content)).as_bytes());
    refused("objects that no table lists", &hidden.done());
    refused("more than its object", &packed("/N 1", &format!("{info} 0 "), "<< >>", 0));
    refused(
        "a key twice",
        &packed("/N 1", &format!("{info} 0 "), "", 0).into_iter().collect::<Vec<_>>().replace_once(
            b"/Title (Incident report) /ModDate (D:20261201090000Z)",
            b"/Title (Incident report) /Title (D:20261201090000Z)  ",
        ),
    );
}

trait ReplaceOnce {
    fn replace_once(self, from: &[u8], to: &[u8]) -> Vec<u8>;
}

impl ReplaceOnce for Vec<u8> {
    /// The last occurrence, so that the signed bytes stay.
    fn replace_once(mut self, from: &[u8], to: &[u8]) -> Vec<u8> {
        assert_eq!(from.len(), to.len(), "the offsets must stay");
        let at = self.windows(from.len()).rposition(|window| window == from).expect("it is there");
        self[at..at + to.len()].copy_from_slice(to);
        self
    }
}

#[test]
fn objects_that_break_the_syntax_are_refused() {
    let signed = Signed::new();
    let (info, free) = (signed.update().info(), signed.update().size);
    for body in
        ["<< /Title (A", "<< /Title >>", "<< /Title (A) >> >>", "<< /Title --3 >>", "<< /Title (A) >> (B)", "[ 1 2", "<< /Title <4G> >>"]
    {
        refused(body, &Update::to(&signed.pdf).object(info, body).done());
    }
    for (length, name) in [(31, "short"), (34, "long"), (4_000_000, "beyond the end"), (0, "none")] {
        refused(name, &signed.update().sized_stream(free, &format!("/Length {length}"), BLACK).done());
    }
    refused("no length", &signed.update().sized_stream(free, "", BLACK).done());
    for entry in ["/F (other.bin)", "/Filter /Fl", "/Filter [/AHx]"] {
        refused(entry, &signed.update().sized_stream(free, &format!("/Length 32 {entry}"), BLACK).done());
    }
    accepted(
        "a length that is an object",
        &signed.update().sized_stream(free, &format!("/Length {} 0 R", free + 1), BLACK).object(free + 1, "32").done(),
    );
    refused("a length that is another object", &signed.update().sized_stream(free, &format!("/Length {info} 0 R"), BLACK).done());
}

#[test]
fn bytes_behind_the_end_are_named_and_change_nothing() {
    let signed = Signed::new();
    for (more, told) in [(&b""[..], 0), (b"\n", 1), (b"\0", 1), (&[0; 64], 64), (b"  \r\n\0\0\0", 7), (&[0; 600], 600)] {
        let pdf = [&signed.pdf[..], more].concat();
        let verdict = judged(&pdf);
        assert_eq!((verdict.behind_the_end, verdict.sound()), (told, true), "{more:?}: {verdict:#?}");
        assert_eq!(verdict.signatures[0].changed_since, ChangedSince::Nothing);
    }
    // Further from the end than readers search, who then search the file for objects: they must find the same.
    let verdict = judged(&[&signed.pdf[..], &[0; 4_096]].concat());
    assert_eq!((verdict.behind_the_end, verdict.sound()), (4_096, true), "{verdict:#?}");
    let free = signed.update().size;
    let update = Update { size: free + 1, ..signed.update() };
    let freed = update.rows() + &format!("{free} 1\n0000000000 00001 f \n");
    let freed = update.with_table(&freed, "");
    assert!(judged(&[&freed[..], &[0; 600]].concat()).sound());
    let verdict = judged(&[&freed[..], &[0; 4_096]].concat());
    assert_eq!((verdict.doubts.as_slice(), verdict.sound()), (&[Doubt::End][..], false), "{verdict:#?}");
    assert!(matches!(verify(&[&signed.pdf[..], b"\0x\0"].concat(), &[]), Err(Unreadable::Truncated)));
}

#[test]
fn a_file_whose_cross_references_lead_nowhere_is_judged_but_never_sound() {
    let signed = Signed::new();
    for footer in ["startxref\n17\n%%EOF\n", "startxref\n99999999\n%%EOF\n", "startxref\n-4\n%%EOF\n", "startxref\nabc\n%%EOF\n"] {
        refused(footer, &[&signed.pdf[..], footer.as_bytes()].concat());
    }
    let update = signed.update();
    let number = 10 * update.size + 1;
    let at = update.bytes.len() + number.to_string().len() - 1;
    let rows = update.stream_rows(&[number]);
    let stream = update.with_stream(number, &format!("/W [1 4 2] /Index [{number} 1]"), &rows);
    let footer = format!("startxref\n{at}\n%%EOF\n");
    refused("a stream in the middle of its number", &[&stream[..stream.len() - footer.len()], footer.as_bytes()].concat());
    let update = signed.update();
    let (rows, kept, size) = (update.rows(), update.kept.clone(), update.size);
    let place = update.bytes.len();
    refused("sections in a circle", &signed.update().with_trailer(&rows, &format!("/Size {size} {kept} /Prev {place}")));
    refused("a section before its own", &signed.update().with_trailer(&rows, &format!("/Size {size} {kept} /Prev 9999999")));
    let verdict = refused("searched for", &[&signed.pdf[..], b"startxref\n17\n%%EOF\n"].concat());
    assert!(verdict.doubts.contains(&Doubt::Rebuilt), "{verdict:#?}");
}

#[test]
fn what_readers_may_show_differently_is_not_signed() {
    let identity = own_identity("Anna Author");
    let plain = unsigned();
    let doubled = plain.replace_once(b"/StructParents 0/Tabs/S", b"/Tabs/S/Tabs/R/Tabs/S/A");
    let draft = Draft::open(doubled).expect("readable");
    let reserved = draft.reserve(SignIn::FirstFree, &statement(&identity), None, identity.credentials().room(false)).map(drop);
    assert!(matches!(reserved, Err(ReserveError::Damaged)), "{reserved:?}");
    accepted("the same without", &sign(&prepared(|_| {}), &identity));
}
