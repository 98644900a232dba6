/// The line and column of a byte offset, both 1-based, the column in characters.
///
/// A line ends at a line feed, at a carriage return, or at both together.
pub fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset.min(text.len())).unwrap_or_else(|| {
        let end = text
            .char_indices()
            .map(|(idx, _)| idx)
            .take_while(|idx| *idx < offset)
            .last();
        text.get(..end.unwrap_or(0)).unwrap_or_default()
    });
    let (mut line, mut line_start, mut last) = (1, 0, 0);
    for (idx, byte) in before.bytes().enumerate() {
        if byte == b'\n' {
            line += u32::from(last != b'\r');
            line_start = idx + 1;
        } else if byte == b'\r' {
            line += 1;
            line_start = idx + 1;
        }
        last = byte;
    }
    let column = before.get(line_start..).map_or(0, |it| it.chars().count());
    (line, u32::try_from(column + 1).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways_and_columns_count_characters() {
        let cases = [
            ("", 0, (1, 1)),
            ("abc", 2, (1, 3)),
            ("abc", 9, (1, 4)),
            ("a\nb", 2, (2, 1)),
            ("a\r\nb", 3, (2, 1)),
            ("a\rb", 2, (2, 1)),
            ("ñ€😀x", 9, (1, 4)),
            ("ñ€😀x", 6, (1, 3)),
        ];
        for (text, offset, place) in cases {
            assert_eq!(line_and_column(text, offset), place, "{text:?} {offset}");
        }
    }
}
