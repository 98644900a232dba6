use super::random::Random;

/// Draws places by their shares, each in the same time, however many there are: a table of aliases
/// (Walker 1977, built as by Vose 1991). Shares are kept to 2⁻³², as no number of draws could tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    /// Of each place: the share that stays there, in units of 2⁻³², and the place that the rest goes
    /// to, itself where all of it stays.
    places: Vec<(u32, u32)>,
}

impl Aliases {
    /// Of shares up to a factor: cuts what is above the average off, and fills up with it what is
    /// below.
    pub fn new(shares: &[f64]) -> Self {
        let scale = shares.len() as f64 / shares.iter().sum::<f64>();
        let mut left: Vec<f64> = shares.iter().map(|it| it * scale).collect();
        let mut others: Vec<u32> = (0..shares.len() as u32).collect();
        let is_small = |place: &u32| left.get(*place as usize).is_some_and(|it| *it < 1.0);
        let (mut small, mut large): (Vec<u32>, Vec<u32>) =
            others.iter().copied().partition(is_small);
        while let (Some(few), Some(many)) = (small.pop(), large.last().copied()) {
            let filled = left.get(few as usize).copied().unwrap_or(1.0);
            if let Some(other) = others.get_mut(few as usize) {
                *other = many;
            }
            if let Some(left) = left.get_mut(many as usize) {
                *left -= 1.0 - filled;
                if *left < 1.0 {
                    large.pop();
                    small.push(many);
                }
            }
        }
        let stays = left.into_iter().map(|it| (it * UNITS) as u32);
        Self {
            places: stays.zip(others).collect(),
        }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// A place; 0 of an empty table.
    #[inline(always)]
    pub fn draw(&self, random: &mut Random) -> u32 {
        let bits = random.bits();
        let place = (((bits >> 32) * self.places.len() as u64) >> 32) as u32;
        let found = self.places.get(place as usize).copied();
        let (stays, other) = found.unwrap_or_default();
        // Which of the two nobody can foretell: no branch.
        core::hint::select_unpredictable((bits as u32) < stays, place, other)
    }

    /// What share each place really has.
    #[cfg(test)]
    pub fn shares(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.places.len()];
        let whole = self.places.len() as f64;
        for (at, (stays, other)) in self.places.iter().enumerate() {
            let stays = f64::from(*stays) / UNITS;
            shares[at] += stays / whole;
            shares[*other as usize] += (1.0 - stays) / whole;
        }
        shares
    }
}

const UNITS: f64 = (1_u64 << 32) as f64;
