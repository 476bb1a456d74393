//! Reading DER as it stands: tag, contents and the exact bytes of each element.
//! Always true: nothing is encoded again. A signature covers the bytes its maker wrote, so foreign structures are walked,
//! never parsed into values and written back.
//! Deliberately absent: BER. A message written in it is brought into DER first (`ber`); the PDF signature profiles ask for DER.

pub(crate) mod ber;

use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged, asn1::AnyRef, oid::ObjectIdentifier};

/// One DER element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) tag: Tag,
    /// Tag, length and contents.
    pub(crate) raw: &'a [u8],
    /// The contents alone.
    pub(crate) contents: &'a [u8],
}

impl<'a> Element<'a> {
    /// The single element that fills `bytes`.
    pub(crate) fn from_der(bytes: &'a [u8]) -> der::Result<Self> {
        let any = AnyRef::from_der(bytes)?;
        Ok(Self { tag: any.tag(), raw: bytes, contents: any.value() })
    }

    /// The first element of `bytes` and whatever follows it.
    pub(crate) fn split_first(bytes: &'a [u8]) -> der::Result<(Self, &'a [u8])> {
        let raw = SliceReader::new(bytes)?.tlv_bytes()?;
        Ok((Self::from_der(raw)?, bytes.get(raw.len()..).unwrap_or_default()))
    }

    /// The elements inside a constructed one, in order.
    pub(crate) fn children(&self) -> der::Result<Children<'a>> {
        let mut reader = SliceReader::new(self.contents)?;
        let mut elements = Vec::new();
        while !reader.is_finished() {
            elements.push(Self::from_der(reader.tlv_bytes()?)?);
        }
        Ok(Children(elements.into_iter().peekable()))
    }

    /// The elements of a SEQUENCE; an error if this is something else.
    pub(crate) fn sequence(&self) -> der::Result<Children<'a>> {
        self.tagged(Tag::Sequence)?;
        self.children()
    }

    /// This element, if it bears the tag.
    pub(crate) fn tagged(&self, tag: Tag) -> der::Result<Self> {
        if self.tag == tag { Ok(*self) } else { Err(self.tag.unexpected_error(Some(tag)).to_error()) }
    }

    pub(crate) fn oid(&self) -> der::Result<ObjectIdentifier> {
        ObjectIdentifier::from_der(self.raw)
    }
}

/// The elements inside a constructed element, taken one after another.
pub(crate) struct Children<'a>(std::iter::Peekable<std::vec::IntoIter<Element<'a>>>);

impl<'a> Children<'a> {
    /// The next element; an error if there is none.
    pub(crate) fn required(&mut self) -> der::Result<Element<'a>> {
        self.0.next().ok_or_else(|| der::ErrorKind::Failed.to_error())
    }

    /// The next element if it is the context-specific constructed field `[number]`.
    pub(crate) fn context(&mut self, number: u8) -> Option<Element<'a>> {
        let wanted = Tag::ContextSpecific { constructed: true, number: TagNumber(number.into()) };
        self.optional(wanted)
    }

    /// The next element if it bears the tag.
    pub(crate) fn optional(&mut self, tag: Tag) -> Option<Element<'a>> {
        self.0.next_if(|element| element.tag == tag)
    }
}

impl<'a> Iterator for Children<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_first_element_is_handed_back() {
        let (first, rest) = Element::split_first(&[0x04, 0x01, 0xAA, 0x00, 0x00]).expect("an octet string");
        assert_eq!((first.contents, rest), (&[0xAA][..], &[0, 0][..]));
    }

    #[test]
    fn a_length_beyond_the_end_is_an_error() {
        assert!(Element::split_first(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]).is_err());
        assert!(Element::split_first(&[]).is_err());
    }
}
