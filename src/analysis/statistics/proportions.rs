//! Intervals of shares, from counts alone.

/// Wilson's score interval of the share `part / whole`; `None` of nothing. `z` is the normal
/// quantile of the confidence (Wilson, JASA 22 (1927), 209–212).
pub fn wilson_interval(part: f64, whole: f64, z: f64) -> Option<(f64, f64)> {
    if whole <= 0.0 {
        return None;
    }
    let (share, square) = (part / whole, z * z);
    let middle = share + square / (2.0 * whole);
    let half = z * libm::sqrt(share * (1.0 - share) / whole + square / (4.0 * whole * whole));
    let scale = 1.0 + square / whole;
    let (low, high) = ((middle - half) / scale, (middle + half) / scale);
    // Rounding must not lead out of what a share can be, nor past the share itself.
    Some((low.clamp(0.0, share), high.clamp(share, 1.0)))
}

/// Newcombe's hybrid score interval of `a / n - b / m`, two independent shares; `None` of nothing
/// (Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10, without continuity correction).
pub fn newcombe_interval((a, n): (f64, f64), (b, m): (f64, f64), z: f64) -> Option<(f64, f64)> {
    let (p, q) = (a / n, b / m);
    let (low_p, high_p) = wilson_interval(a, n, z)?;
    let (low_q, high_q) = wilson_interval(b, m, z)?;
    let below = libm::hypot(p - low_p, high_q - q);
    let above = libm::hypot(high_p - p, q - low_q);
    Some((p - q - below, p - q + above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcombe_agrees_with_its_paper() {
        // Newcombe 1998, table II: 56/70 - 48/80, method 10.
        let z = 1.959_963_984_540_054;
        let (low, high) = newcombe_interval((56.0, 70.0), (48.0, 80.0), z).unwrap();
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5);
        assert_eq!(newcombe_interval((0.0, 0.0), (1.0, 2.0), z), None);
    }
}
