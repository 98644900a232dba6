use crate::browser::markup::{El, el};

/// The filled dot: this change, wherever it is named.
pub(super) fn dot_now() -> El {
    dot("dot-now", "5")
}

/// The hollow dot: the baseline, wherever it is named.
pub(super) fn dot_base() -> El {
    dot("dot-base", "4.5")
}

fn dot(class: &'static str, radius: &'static str) -> El {
    el("svg")
        .attr("width", "12")
        .attr("height", "12")
        .attr("viewBox", "0 0 12 12")
        .attr("aria-hidden", "true")
        .child(
            el("circle")
                .class(class)
                .attr("cx", "6")
                .attr("cy", "6")
                .attr("r", radius),
        )
}
