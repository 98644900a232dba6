//! Pictures, told by their first bytes: PNG <https://www.w3.org/TR/png-3/>, JPEG
//! <https://www.w3.org/Graphics/JPEG/>, GIF <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>, WebP
//! <https://developers.google.com/speed/webp/docs/riff_container>.
//!
//! Seen: matplotlib 3.11 (PNG). A name alone makes no picture: `x.png` that holds HTML is unclaimed.
//! SVG is unclaimed too, since it can hold script: it is listed and can be downloaded.

use super::{Claim, Reader};
use crate::{
    json::Document,
    model::{Artifact, Content, Finding, Notices, Place, Problem, ProblemKind},
};

/// Takes pictures.
pub struct Image;

impl Reader for Image {
    fn id(&self) -> &'static str {
        "image"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        match (media_type(&artifact.bytes), artifact.extension().as_str()) {
            (Some(_), "png" | "jpg" | "jpeg" | "gif" | "webp") => Claim::Name,
            (Some(_), _) => Claim::Shape,
            (None, _) => Claim::No,
        }
    }

    fn read(&self, artifact: &Artifact, _: &mut Notices) -> Result<Vec<Finding>, Box<Problem>> {
        let media_type = media_type(&artifact.bytes).ok_or_else(|| {
            Box::new(Problem {
                kind: ProblemKind::Syntax {
                    message: "not a PNG, JPEG, GIF or WebP picture".to_owned(),
                },
                place: Some(Place::artifact(&artifact.path)),
                reader: Some(self.id().to_owned()),
            })
        })?;
        Ok(vec![Finding::new(Content::Image(media_type))])
    }
}

/// The media type of a picture that pages may show, by its first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_decide() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"\x89PNG\r\n\x1a\n...", Some("image/png")),
            (b"\xFF\xD8\xFF\xE0", Some("image/jpeg")),
            (b"GIF89a", Some("image/gif")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(media_type(bytes), expected);
        }
        let html = Artifact::new("x.png", *b"<script>");
        assert_eq!(
            Image.claims(&html, Document::sketch(&html).as_ref()),
            Claim::No
        );
    }
}
