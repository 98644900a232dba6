//! A matrix of many classes as a picture: each filled cell as a code of its colour, from which an
//! image of any part in any size is made. Codes are computed in slices, images in one go: that is
//! the work of a pixel, or of a filled cell.

use crate::{
    analysis::{
        cell_samples::Noise,
        colour::{Rgb, viridis},
        heatmap::{Choice, Divisors, Legend, Range, is_better, on_both_sides},
    },
    model::ConfusionMatrix,
};

/// Codes of one kind of change: so many strengths.
const STRENGTHS: u8 = 63;
/// The strongest change keeps its ink readable.
const STRONGEST: f64 = 0.62;
/// The strength of the smallest change.
const LEAST: f64 = 0.3;
/// What is left of the strength of a change that is noise.
const NOISE: f64 = 0.45;
/// A class that is not shown.
const HIDDEN: u32 = u32::MAX;

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// The matrix.
    pub matrix: &'a ConfusionMatrix,
    /// What is subtracted, over the same classes.
    pub baseline: Option<&'a ConfusionMatrix>,
    /// What tells noise from change.
    pub noise: &'a Noise,
}

/// The filled cells of a matrix with the codes of their colours; 0 is an empty cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Classes in a row.
    pub n: usize,
    /// What the colours span.
    pub legend: Legend,
    /// How many cells changed, where it is a difference.
    pub n_changed: usize,
    /// How many of these changes are noise.
    pub n_noise: usize,
    /// How many cells say nothing of a change.
    pub n_unknown: usize,
    is_transposed: bool,
    is_difference: bool,
    /// Where the cells of each actual class start, as shown; one more than there are classes. None
    /// where most cells are filled: then all are there, row by row.
    starts: Vec<u32>,
    /// Place of the predicted class, as shown; in no order. None where `starts` has none.
    places: Vec<u32>,
    codes: Vec<u8>,
}

/// A picture in the making.
pub struct Painting {
    classes: Vec<usize>,
    place_of: Vec<u32>,
    now: Divisors,
    before: Option<Divisors>,
    /// Of a difference, which classes both sides have samples of.
    is_on_both: Vec<bool>,
    /// The first time round; then the legend is known.
    range: Option<Range>,
    n_cells: usize,
    row: usize,
    picture: Picture,
}

impl Painting {
    /// Nothing is done yet.
    pub fn new(drawn: Drawn<'_>, choice: &Choice) -> Self {
        let n_classes = drawn.matrix.n_classes();
        let mut place_of = vec![HIDDEN; n_classes];
        for (place, class) in choice.classes.iter().enumerate() {
            if let Some(slot) = place_of.get_mut(*class) {
                *slot = place as u32;
            }
        }
        let n_before = drawn.baseline.map_or(0, ConfusionMatrix::n_filled);
        let n_cells = drawn.matrix.n_filled() + n_before;
        Self {
            now: Divisors::new(drawn.matrix, choice.normalisation),
            before: drawn
                .baseline
                .map(|it| Divisors::new(it, choice.normalisation)),
            is_on_both: drawn
                .baseline
                .map_or_else(Vec::new, |baseline| on_both_sides(drawn.matrix, baseline)),
            range: Some(Range::new(choice.scale, n_cells)),
            n_cells: 0,
            row: 0,
            picture: Picture {
                n: choice.classes.len(),
                is_transposed: choice.is_transposed,
                is_difference: drawn.baseline.is_some(),
                ..Picture::default()
            },
            classes: choice.classes.clone(),
            place_of,
        }
    }

    /// Goes on for about so many cells; `false` when the picture is done.
    pub fn step(&mut self, drawn: Drawn<'_>, n_cells: usize) -> bool {
        let mut left = n_cells;
        while let Some(&actual) = self.classes.get(self.row) {
            if left == 0 {
                return true;
            }
            let n_cells = self.row(drawn, actual);
            left = left.saturating_sub(1 + n_cells);
            self.n_cells += n_cells;
            self.row += 1;
        }
        let Some(range) = self.range.take() else {
            return false;
        };
        self.picture.legend = range.legend();
        self.row = 0;
        self.make_room();
        true
    }

    /// Makes room for the cells, as many as were seen; a place takes four times as much as a code.
    fn make_room(&mut self) {
        let Picture {
            n,
            starts,
            places,
            codes,
            ..
        } = &mut self.picture;
        let n_all = n.saturating_mul(*n);
        if n_all <= self.n_cells.saturating_mul(5) {
            *codes = vec![0; n_all];
            return;
        }
        starts.reserve_exact(*n + 1);
        starts.push(0);
        places.reserve_exact(self.n_cells);
        codes.reserve_exact(self.n_cells);
    }

    /// The picture.
    pub fn finish(self) -> Picture {
        self.picture
    }

    /// The cells of one actual class; how many there are.
    fn row(&mut self, drawn: Drawn<'_>, actual: usize) -> usize {
        let Self {
            place_of,
            now,
            before,
            is_on_both,
            range,
            picture,
            row,
            ..
        } = self;
        let row_start = row.saturating_mul(picture.n);
        let is_dense = picture.starts.is_empty();
        let is_known = is_on_both.get(actual).copied().unwrap_or(true);
        let mut n_cells = 0;
        let mut cell = |predicted: usize, count: f64, count_before: f64| {
            n_cells += 1;
            let place = place_of.get(predicted).copied().unwrap_or(HIDDEN);
            if place == HIDDEN {
                return;
            }
            let value = now.share(actual, predicted, count);
            let value = match before {
                Some(before) => value
                    .zip(before.share(actual, predicted, count_before))
                    .map(|(now, before)| now - before),
                None => value,
            };
            let Some(value) = value.filter(|_| is_known) else {
                picture.n_unknown += usize::from(range.is_none() && drawn.baseline.is_some());
                return;
            };
            if let Some(range) = range {
                range.add(value);
                return;
            }
            let tone = picture.legend.tone(value.abs());
            let code = match drawn.baseline {
                None if value > 0.0 => tone_code(tone),
                None => return,
                Some(baseline) => {
                    let Some(is_better) = is_better(actual, predicted, value) else {
                        return;
                    };
                    let is_noise = drawn
                        .noise
                        .is_noise(drawn.matrix, baseline, actual, predicted);
                    picture.n_changed += 1;
                    picture.n_noise += usize::from(is_noise);
                    change_code(tone, is_better, is_noise)
                }
            };
            if !is_dense {
                picture.places.push(place);
                picture.codes.push(code);
            } else if let Some(slot) = picture.codes.get_mut(row_start + place as usize) {
                *slot = code;
            }
        };
        match drawn.baseline {
            None => drawn
                .matrix
                .for_row(actual, &mut |predicted, count| cell(predicted, count, 0.0)),
            Some(baseline) => {
                let mut of_baseline = Vec::new();
                baseline.for_row(actual, &mut |predicted, count| {
                    of_baseline.push((predicted, count));
                });
                let mut rest = of_baseline.into_iter().peekable();
                drawn.matrix.for_row(actual, &mut |predicted, count| {
                    while let Some((other, before)) = rest.next_if(|it| it.0 < predicted) {
                        cell(other, 0.0, before);
                    }
                    let before = rest.next_if(|it| it.0 == predicted);
                    cell(predicted, count, before.map_or(0.0, |it| it.1));
                });
                for (other, before) in rest {
                    cell(other, 0.0, before);
                }
            }
        }
        if self.range.is_none() && !is_dense {
            let n_so_far = self.picture.codes.len() as u32;
            self.picture.starts.push(n_so_far);
        }
        n_cells
    }
}

fn tone_code(tone: f64) -> u8 {
    1 + (tone * 254.0 + 0.5) as u8
}

fn change_code(tone: f64, is_better: bool, is_noise: bool) -> u8 {
    let strength = (tone * f64::from(STRENGTHS - 1) + 0.5) as u8;
    let kind = u8::from(is_better) + 2 * u8::from(is_noise);
    1 + kind * STRENGTHS + strength.min(STRENGTHS - 1)
}

/// Whether a code of a difference is of a change within noise.
pub fn is_noise_code(code: u8) -> bool {
    code > 2 * STRENGTHS
}

/// The colours of a theme that differences are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Of the page.
    pub ground: Rgb,
    /// Of changes for the better.
    pub better: Rgb,
    /// Of changes for the worse.
    pub worse: Rgb,
}

impl Picture {
    /// The colour of each code.
    pub fn palette(&self, theme: Theme) -> Vec<Rgb> {
        let colour = |code: u8| match (code, self.is_difference) {
            (0, _) => theme.ground,
            (code, false) => viridis(f64::from(code - 1) / 254.0).seen_on(theme.ground),
            (code, true) => {
                let (kind, strength) = ((code - 1) / STRENGTHS, (code - 1) % STRENGTHS);
                let over = if kind % 2 == 1 {
                    theme.better
                } else {
                    theme.worse
                };
                let part = if kind < 2 { 1.0 } else { NOISE };
                // The smallest change can still be seen.
                let strength = f64::from(strength) / f64::from(STRENGTHS - 1);
                let strength = LEAST + (part - LEAST) * strength;
                over.over(theme.ground, strength * STRONGEST)
            }
        };
        (0..=u8::MAX).map(colour).collect()
    }

    /// What a code is worth where several cells fall on one pixel: the strongest is seen.
    fn weight(&self, code: u8) -> u8 {
        match (code, self.is_difference) {
            (0, _) => 0,
            (code, false) => code,
            (code, true) => {
                let strength = (code - 1) % STRENGTHS;
                1 + strength + if is_noise_code(code) { 0 } else { STRENGTHS }
            }
        }
    }

    /// The codes of a part of the picture.
    pub fn image(&self, part: Part) -> Image {
        let columns = Axis::new(part.x, part.width, part.columns, self.n);
        let rows = Axis::new(part.y, part.height, part.rows, self.n);
        let mut codes = vec![0u8; columns.n * rows.n];
        let mut weights = [0u8; 256];
        for (code, weight) in (0..=u8::MAX).zip(&mut weights) {
            *weight = self.weight(code);
        }
        // Stored by actual class; transposed, these are the columns.
        let (of_actual, of_predicted) = match self.is_transposed {
            false => (&rows, &columns),
            true => (&columns, &rows),
        };
        let (step_actual, step_predicted) = match self.is_transposed {
            false => (columns.n, 1),
            true => (1, columns.n),
        };
        let pixel_of: Vec<u32> = (0..self.n)
            .map(|place| of_predicted.pixel(place).map_or(HIDDEN, |it| it as u32))
            .collect();
        for actual in 0..self.n {
            let Some(pixel) = of_actual.pixel(actual) else {
                continue;
            };
            let start = pixel * step_actual;
            let at = |idx: usize| match self.starts.is_empty() {
                true => idx * self.n,
                false => self.starts.get(idx).map_or(0, |it| *it as usize),
            };
            let range = at(actual)..at(actual + 1);
            let places = self.places.get(range.clone()).unwrap_or_default();
            let of_row = self.codes.get(range).unwrap_or_default();
            for (idx, &code) in of_row.iter().enumerate() {
                let place = places.get(idx).map_or(idx, |it| *it as usize);
                let pixel = pixel_of.get(place).copied().unwrap_or(HIDDEN);
                if pixel == HIDDEN {
                    continue;
                }
                if let Some(known) = codes.get_mut(start + pixel as usize * step_predicted)
                    && weights[usize::from(code)] > weights[usize::from(*known)]
                {
                    *known = code;
                }
            }
        }
        Image {
            codes,
            columns: columns.n,
            rows: rows.n,
            x: columns.from,
            y: rows.from,
            width: columns.size,
            height: rows.size,
        }
    }
}

/// A part of a picture, in cells, and how many pixels there are for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// In cells.
    pub width: f64,
    /// In cells.
    pub height: f64,
    /// Pixels in a row.
    pub columns: usize,
    /// Rows of pixels.
    pub rows: usize,
}

/// The codes of a part: a pixel for each cell where there is room, else for several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    /// Row by row.
    pub codes: Vec<u8>,
    /// Pixels in a row.
    pub columns: usize,
    /// Rows of pixels.
    pub rows: usize,
    /// Where it starts, in cells: whole ones where cells are not smaller than pixels.
    pub x: f64,
    /// The same from the top.
    pub y: f64,
    /// What it spans, in cells.
    pub width: f64,
    /// The same downwards.
    pub height: f64,
}

impl Image {
    /// The pixels as RGBA, four bytes each.
    pub fn rgba(&self, palette: &[Rgb]) -> Vec<u8> {
        let mut colours = [[0u8; 4]; 256];
        for (colour, Rgb(r, g, b)) in colours.iter_mut().zip(palette) {
            *colour = [*r, *g, *b, 255];
        }
        let mut rgba = vec![0; self.codes.len() * 4];
        for (pixel, code) in rgba.as_chunks_mut::<4>().0.iter_mut().zip(&self.codes) {
            *pixel = colours[usize::from(*code)];
        }
        rgba
    }
}

/// Cells to pixels, one way.
struct Axis {
    from: f64,
    size: f64,
    /// The number of pixels.
    n: usize,
    scale: f64,
}

impl Axis {
    fn new(from: f64, size: f64, n_pixels: usize, n_cells: usize) -> Self {
        let last = n_cells as f64;
        let (from, to) = (from.clamp(0.0, last), (from + size).clamp(0.0, last));
        let (first, end) = (from.floor(), to.ceil());
        if end - first <= n_pixels as f64 {
            return Self {
                from: first,
                size: end - first,
                n: (end - first) as usize,
                scale: 1.0,
            };
        }
        Self {
            from,
            size: to - from,
            n: n_pixels,
            scale: n_pixels as f64 / (to - from),
        }
    }

    fn pixel(&self, place: usize) -> Option<usize> {
        let at = (place as f64 - self.from) * self.scale;
        // A cell that starts before the part and reaches into it is seen at its edge.
        let at = if at < 0.0 && at + self.scale > 0.0 {
            0.0
        } else {
            at
        };
        (at >= 0.0 && at < self.n as f64).then_some(at as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            heatmap::{Fill, difference, heatmap},
            nba,
        },
        model::{MatrixKind, Normalisation, Scale},
    };

    fn painted(drawn: Drawn<'_>, choice: &Choice, slice: usize) -> Picture {
        let mut painting = Painting::new(drawn, choice);
        while painting.step(drawn, slice) {}
        painting.finish()
    }

    fn whole(n: usize, pixels: usize) -> Part {
        Part {
            x: 0.0,
            y: 0.0,
            width: n as f64,
            height: n as f64,
            columns: pixels,
            rows: pixels,
        }
    }

    #[test]
    fn a_picture_has_the_tones_of_the_table() {
        has_the_tones_of_the_table(&nba::now(), &nba::before());
        // Most of it is empty.
        let few = |filled: &[(usize, usize, f64)]| {
            let labels = (0..70).map(|class| class.to_string()).collect();
            ConfusionMatrix::from_filled(labels, filled.to_vec(), MatrixKind::Counts).unwrap()
        };
        let now = few(&[(0, 1, 4.0), (1, 1, 2.0), (3, 0, 1.0), (69, 3, 5.0)]);
        has_the_tones_of_the_table(&now, &few(&[(0, 1, 1.0), (3, 3, 2.0)]));
    }

    fn has_the_tones_of_the_table(now: &ConfusionMatrix, before: &ConfusionMatrix) {
        let noise = Noise::Unknown;
        for normalisation in [Normalisation::None, Normalisation::Row, Normalisation::All] {
            for scale in [Scale::Linear, Scale::Sqrt, Scale::Log, Scale::Quantile] {
                for is_transposed in [false, true] {
                    for baseline in [None, Some(before)] {
                        let choice = Choice {
                            normalisation,
                            scale,
                            classes: vec![3, 1, 4, 0],
                            is_transposed,
                        };
                        let drawn = Drawn {
                            matrix: now,
                            baseline,
                            noise: &noise,
                        };
                        let table = match baseline {
                            Some(baseline) => difference(now, baseline, &choice),
                            None => heatmap(now, &choice),
                        };
                        let picture = painted(drawn, &choice, 3);
                        let image = picture.image(whole(4, 50));
                        assert_eq!((image.columns, image.rows), (4, 4));
                        let expected: Vec<u8> = table
                            .cells
                            .iter()
                            .map(|cell| match cell.fill {
                                Fill::Empty => 0,
                                Fill::Tone(tone) => tone_code(tone),
                                Fill::Better(tone) => change_code(tone, true, false),
                                Fill::Worse(tone) => change_code(tone, false, false),
                            })
                            .collect();
                        assert_eq!(image.codes, expected, "{choice:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_cell_is_lost_where_pixels_are_few() {
        let n = 500;
        let labels = (0..n).map(|class| class.to_string()).collect();
        let filled = vec![(3, 496, 7.0), (250, 250, 1.0), (499, 499, 2.0)];
        let matrix = ConfusionMatrix::from_filled(labels, filled, MatrixKind::Counts).unwrap();
        let choice = Choice {
            classes: (0..n).collect(),
            ..Choice::default()
        };
        let noise = Noise::Unknown;
        let drawn = Drawn {
            matrix: &matrix,
            baseline: None,
            noise: &noise,
        };
        let picture = painted(drawn, &choice, 10_000);
        for pixels in [7, 100, 333, 500, 900] {
            let image = picture.image(whole(n, pixels));
            let n_seen = image.codes.iter().filter(|code| **code != 0).count();
            assert_eq!(n_seen, 3, "{pixels} pixels");
            assert_eq!(image.codes.last(), Some(&tone_code(2.0 / 7.0)));
        }
        // Two cells on one pixel: the larger is seen.
        let corner = Part {
            x: 240.0,
            y: 240.0,
            width: 260.0,
            height: 260.0,
            columns: 1,
            rows: 1,
        };
        assert_eq!(picture.image(corner).codes, [tone_code(2.0 / 7.0)]);
        // A part of it, a pixel for each cell.
        let part = Part {
            x: 249.5,
            y: 248.0,
            width: 3.0,
            height: 4.0,
            columns: 30,
            rows: 40,
        };
        let image = picture.image(part);
        assert_eq!(
            (image.x, image.y, image.columns, image.rows),
            (249.0, 248.0, 4, 4)
        );
        assert_eq!(
            image.codes.iter().position(|code| *code != 0),
            Some(2 * 4 + 1)
        );
    }

    #[test]
    fn changes_within_noise_are_counted_and_pale() {
        let (now, before) = (nba::now(), nba::before());
        let noise = Noise::new(&now, &before, None);
        let choice = Choice {
            classes: (0..5).collect(),
            ..Choice::default()
        };
        let drawn = Drawn {
            matrix: &now,
            baseline: Some(&before),
            noise: &noise,
        };
        let picture = painted(drawn, &choice, 100);
        assert_eq!((picture.n_changed, picture.n_noise), (17, 17));
        let theme = Theme {
            ground: Rgb(255, 255, 255),
            better: Rgb(0, 0, 255),
            worse: Rgb(255, 0, 0),
        };
        let palette = picture.palette(theme);
        let colour = |tone, is_better, is_noise| {
            palette[usize::from(change_code(tone, is_better, is_noise))]
        };
        assert_eq!(palette[0], theme.ground);
        assert_eq!(colour(1.0, true, false), Rgb(97, 97, 255));
        assert!(colour(1.0, true, true).0 > colour(1.0, true, false).0);
        let rgba = picture.image(whole(5, 5)).rgba(&palette);
        assert_eq!(rgba.len(), 100);
        assert_eq!(rgba[3], 255);
    }
}
