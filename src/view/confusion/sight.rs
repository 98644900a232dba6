//! Which part of a large matrix is seen: geometry alone, in CSS pixels and cells.

/// The largest cell that zooming in gives.
const MAX_CELL: f64 = 64.0;
/// The widest picture.
const MAX_SIDE: f64 = 752.0;
/// Room for labels at the left and at the top.
const GUTTER: f64 = 96.0;
/// The same on a phone.
const NARROW_GUTTER: f64 = 64.0;

/// Where the cells of a picture are, whatever part of them is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Where the cells start, from the left and from the top.
    pub origin: f64,
    /// The side of the square that shows cells.
    pub side: f64,
    /// Cells in a row.
    pub n: usize,
}

/// Which part is seen; the default is all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sight {
    /// Side of a cell; what is smaller than all of them fitting in means just that.
    cell: f64,
    /// The first cell that is seen, from the left, and how much of it is not.
    x: f64,
    /// The same from the top.
    y: f64,
}

impl Frame {
    /// The square for so many classes: of whole pixels a cell, where there are enough of them.
    pub fn new(width: f64, n: usize) -> Self {
        let origin = if width < 500.0 { NARROW_GUTTER } else { GUTTER };
        let room = (width - origin).clamp(120.0, MAX_SIDE);
        let cell = room / n.max(1) as f64;
        let cell = if cell >= 3.0 { cell.floor() } else { cell };
        Self {
            origin,
            side: cell * n.max(1) as f64,
            n,
        }
    }

    /// The picture's side.
    pub fn size(self) -> f64 {
        self.origin + self.side
    }

    fn smallest(self) -> f64 {
        self.side / self.n.max(1) as f64
    }

    /// The side of a cell as seen.
    pub fn cell(self, sight: Sight) -> f64 {
        let smallest = self.smallest();
        sight.cell.clamp(smallest, MAX_CELL.max(smallest))
    }

    /// Whether only a part is seen.
    pub fn is_part(self, sight: Sight) -> bool {
        self.cell(sight) > self.smallest() * 1.000_001
    }

    /// How many cells are seen in a row, parts of them included.
    pub fn span(self, sight: Sight) -> f64 {
        self.side / self.cell(sight)
    }

    /// The first cell that is seen, from the left and from the top.
    pub fn start(self, sight: Sight) -> (f64, f64) {
        let last = (self.n as f64 - self.span(sight)).max(0.0);
        (sight.x.clamp(0.0, last), sight.y.clamp(0.0, last))
    }

    /// The corner of a cell from the picture's corner; it may lie outside of what is seen.
    pub fn corner(self, sight: Sight, row: usize, column: usize) -> (f64, f64) {
        let ((x, y), cell) = (self.start(sight), self.cell(sight));
        (
            self.origin + (column as f64 - x) * cell,
            self.origin + (row as f64 - y) * cell,
        )
    }

    /// The place of a row or a column at a distance from the picture's corner; `None` where there is
    /// none.
    pub fn place(self, sight: Sight, offset: f64, is_row: bool) -> Option<usize> {
        let (x, y) = self.start(sight);
        let inside = offset - self.origin;
        let at = inside / self.cell(sight) + if is_row { y } else { x };
        let is_seen = (0.0..self.side).contains(&inside) && at < self.n as f64;
        is_seen.then_some(at as usize)
    }

    /// Row and column at a point from the picture's corner.
    pub fn at(self, sight: Sight, x: f64, y: f64) -> Option<(usize, usize)> {
        Some((self.place(sight, y, true)?, self.place(sight, x, false)?))
    }

    /// Larger or smaller cells, with the point staying where it is.
    pub fn zoomed(self, sight: Sight, factor: f64, at: (f64, f64)) -> Sight {
        let ((x, y), before) = (self.start(sight), self.cell(sight));
        let cell = (before * factor).clamp(self.smallest(), MAX_CELL.max(self.smallest()));
        let moved = |start: f64, offset: f64| {
            let inside = (offset - self.origin).clamp(0.0, self.side);
            start + inside / before - inside / cell
        };
        let sight = Sight {
            cell,
            x: moved(x, at.0),
            y: moved(y, at.1),
        };
        self.bounded(sight)
    }

    /// The same about the middle of what is seen.
    pub fn zoomed_at_middle(self, sight: Sight, factor: f64) -> Sight {
        let middle = self.origin + self.side / 2.0;
        self.zoomed(sight, factor, (middle, middle))
    }

    /// Moved by so many pixels.
    pub fn moved(self, sight: Sight, right: f64, down: f64) -> Sight {
        let ((x, y), cell) = (self.start(sight), self.cell(sight));
        self.bounded(Sight {
            cell,
            x: x + right / cell,
            y: y + down / cell,
        })
    }

    /// Moved so that a point of the whole, in shares of it, is in the middle.
    pub fn centred(self, sight: Sight, (x, y): (f64, f64)) -> Sight {
        let (n, half) = (self.n as f64, self.span(sight) / 2.0);
        self.bounded(Sight {
            cell: self.cell(sight),
            x: x * n - half,
            y: y * n - half,
        })
    }

    /// Moved as little as possible so that a cell is seen whole.
    pub fn showing(self, sight: Sight, (row, column): (usize, usize)) -> Sight {
        let ((x, y), span) = (self.start(sight), self.span(sight));
        let near = |start: f64, place: usize| {
            let place = place as f64;
            start.min(place).max(place + 1.0 - span)
        };
        self.bounded(Sight {
            cell: self.cell(sight),
            x: near(x, column),
            y: near(y, row),
        })
    }

    /// With cells of a size that can be read, around one of them.
    pub fn looking_at(self, sight: Sight, (row, column): (usize, usize)) -> Sight {
        const READABLE: f64 = 28.0;
        let cell = self.cell(sight).max(READABLE.max(self.smallest()));
        let middle = |place: usize| (place as f64 + 0.5) / self.n.max(1) as f64;
        self.centred(Sight { cell, ..sight }, (middle(column), middle(row)))
    }

    fn bounded(self, sight: Sight) -> Sight {
        let (x, y) = self.start(sight);
        match self.is_part(sight) {
            true => Sight { x, y, ..sight },
            false => Sight::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_finds_the_cell_that_is_there_at_any_zoom() {
        for (width, n) in [
            (848.0, 100),
            (1200.0, 51),
            (358.0, 60),
            (848.0, 1000),
            (848.0, 5000),
        ] {
            let frame = Frame::new(width, n);
            for factor in [1.0, 1.7, 6.0, 1000.0] {
                for cell in [(0, 0), (n - 1, 0), (17, 42), (n - 1, n - 1)] {
                    let sight = frame.zoomed_at_middle(Sight::default(), factor);
                    let sight = frame.showing(sight, cell);
                    let (x, y) = frame.corner(sight, cell.0, cell.1);
                    let half = frame.cell(sight) / 2.0;
                    assert_eq!(
                        frame.at(sight, x + half, y + half),
                        Some(cell),
                        "{n} {factor}"
                    );
                }
            }
            let whole = Sight::default();
            assert_eq!(frame.at(whole, frame.origin - 1.0, frame.origin), None);
            assert_eq!(frame.at(whole, frame.size() + 0.5, frame.origin), None);
        }
    }

    #[test]
    fn zooming_keeps_the_point_and_never_leaves_the_matrix() {
        let frame = Frame::new(848.0, 1000);
        let at = (400.0, 300.0);
        let before = frame.at(Sight::default(), at.0, at.1);
        let near = frame.zoomed(Sight::default(), 12.0, at);
        assert!(frame.is_part(near));
        assert_eq!(frame.at(near, at.0, at.1), before);
        assert_eq!(frame.zoomed(near, 0.001, at), Sight::default());
        let far = frame.moved(near, 1e9, -1e9);
        let (x, y) = frame.start(far);
        assert_eq!((x + frame.span(far), y), (1000.0, 0.0));
        let (x, y) = frame.start(frame.moved(far, -frame.cell(far) * 3.0, 0.0));
        assert!((x + frame.span(far) - 997.0).abs() < 1e-9 && y == 0.0);
        assert_eq!(frame.cell(frame.zoomed(near, 1e9, at)), MAX_CELL);
    }

    #[test]
    fn a_cell_is_brought_into_sight() {
        let frame = Frame::new(848.0, 5000);
        let near = frame.looking_at(Sight::default(), (4321, 7));
        assert_eq!(frame.cell(near), 28.0);
        let (x, y) = frame.corner(near, 4321, 7);
        assert!((frame.origin..frame.size()).contains(&x));
        assert!((y - frame.origin - frame.side / 2.0).abs() < 28.0);
        // Nothing moves for what is seen already.
        assert_eq!(frame.showing(near, (4320, 6)), near);
    }
}
