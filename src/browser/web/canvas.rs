use std::cell::OnceCell;

use js_sys::Array;
use wasm_bindgen::{Clamped, JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlElement, HtmlImageElement, ImageData, Url, window};

use super::clipboard::blob_url;

use crate::browser::Canvas;

/// A colour of the style sheet as the browser resolves it here and now: `colour("--ink")` is
/// `rgb(23, 28, 33)`. Empty where there is none.
pub fn colour(token: &str) -> String {
    // A token's own value still reads `light-dark(…)`; only a property that uses it is resolved.
    let resolve = || {
        let window = window()?;
        let document = window.document()?;
        let probe: HtmlElement = document.create_element("i").ok()?.dyn_into().ok()?;
        probe
            .style()
            .set_property("color", &format!("var({token})"))
            .ok()?;
        document.body()?.append_child(&probe).ok()?;
        let style = window.get_computed_style(&probe).ok().flatten();
        let colour = style.and_then(|style| style.get_property_value("color").ok());
        probe.remove();
        colour
    };
    resolve().unwrap_or_default()
}

thread_local! {
    /// A canvas that is never seen, for pixels on their way.
    static SCRATCH: OnceCell<Option<Canvas>> = const { OnceCell::new() };
}

fn new_canvas() -> Option<Canvas> {
    let document = window()?.document()?;
    document.create_element("canvas").ok()?.dyn_into().ok()
}

/// Gives a canvas another size, which empties it; whether it had another one. The browser makes it
/// anew even for the same size.
fn resize(canvas: &Canvas, width: u32, height: u32) -> bool {
    let is_other = canvas.width() != width || canvas.height() != height;
    if is_other {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    is_other
}

/// A picture as PNG bytes, twice as large, of a drawing (SVG) of this size; `None` when the browser
/// can't.
pub async fn png_of(svg: &str, width: f64, height: f64) -> Option<Vec<u8>> {
    const SCALE: f64 = 2.0;
    let url = blob_url("image/svg+xml", svg.as_bytes())?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    let loaded = JsFuture::from(image.decode()).await;
    let _ = Url::revoke_object_url(&url);
    loaded.ok()?;
    let canvas = new_canvas()?;
    canvas.set_width((width * SCALE) as u32);
    canvas.set_height((height * SCALE) as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            width * SCALE,
            height * SCALE,
        )
        .ok()?;
    let address = canvas.to_data_url().ok()?;
    let base64 = address.strip_prefix("data:image/png;base64,")?;
    let bytes = window()?.atob(base64).ok()?;
    // `atob` gives a character for each byte.
    Some(bytes.chars().map(|byte| byte as u8).collect())
}

/// How many pixels of the screen a CSS pixel has.
pub fn pixel_ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// A canvas that can be painted on, in CSS pixels, sharp on every screen.
pub struct Surface(CanvasRenderingContext2d);

impl Surface {
    /// Sizes the canvas for this screen and clears it; `None` when the browser gives no context.
    pub fn new(canvas: &Canvas, width: f64, height: f64) -> Option<Self> {
        let ratio = pixel_ratio();
        let (width, height) = ((width * ratio).round(), (height * ratio).round());
        let is_new = resize(canvas, width.max(1.0) as u32, height.max(1.0) as u32);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context
            .set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)
            .ok()?;
        if !is_new {
            context.clear_rect(0.0, 0.0, width / ratio, height / ratio);
            let _ = context.set_line_dash(&Array::new());
        }
        Some(Self(context))
    }

    /// Fills a rectangle with a CSS colour.
    pub fn rect(&self, x: f64, y: f64, width: f64, height: f64, colour: &str) {
        self.0.set_fill_style_str(colour);
        self.0.fill_rect(x, y, width, height);
    }

    /// Hatches squares of a side, by their corners.
    pub fn hatch(&self, corners: &[(f64, f64)], side: f64, colour: &str) {
        let context = &self.0;
        context.save();
        context.set_stroke_style_str(colour);
        context.set_line_width(1.0);
        context.set_global_alpha(0.3);
        context.begin_path();
        // One path for all of them: from the upper edge, or the right one, to the left or the lower.
        let step = (side / 4.0).max(4.0);
        for (x, y) in corners {
            let mut along = step / 2.0;
            while along < 2.0 * side {
                let (near, far) = (along.min(side), (along - side).max(0.0));
                context.move_to(x + near, y + far);
                context.line_to(x + far, y + near);
                along += step;
            }
        }
        context.stroke();
        context.restore();
    }

    /// Strokes the outline of a rectangle.
    pub fn outline(&self, x: f64, y: f64, w: f64, h: f64, colour: &str, line_width: f64) {
        self.0.set_stroke_style_str(colour);
        self.0.set_line_width(line_width);
        self.0.stroke_rect(x, y, w, h);
    }

    /// Strokes a line through points; `dash` lists the lengths of strokes and gaps.
    pub fn line(&self, points: &[(f64, f64)], colour: &str, width: f64, dash: &[f64]) {
        let lengths: Array = dash
            .iter()
            .map(|length| JsValue::from_f64(*length))
            .collect();
        let _ = self.0.set_line_dash(&lengths);
        self.0.set_stroke_style_str(colour);
        self.0.set_line_width(width);
        self.0.set_line_join("round");
        self.0.begin_path();
        for (idx, (x, y)) in points.iter().enumerate() {
            match idx {
                0 => self.0.move_to(*x, *y),
                _ => self.0.line_to(*x, *y),
            }
        }
        self.0.stroke();
    }

    /// Fills a circle.
    pub fn dot(&self, x: f64, y: f64, radius: f64, colour: &str) {
        self.0.set_fill_style_str(colour);
        self.0.begin_path();
        let _ = self.0.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        self.0.fill();
    }

    /// Writes text; `font` as in CSS, `align` is `left`, `center` or `right`, `y` its middle.
    pub fn text(&self, text: &str, x: f64, y: f64, font: &str, align: &str, colour: &str) {
        self.write_with(font, align, colour);
        let _ = self.0.fill_text(text, x, y);
    }

    /// Writes texts that end at their points.
    pub fn texts(&self, texts: &[(String, f64, f64)], font: &str, colour: &str) {
        self.write_with(font, "right", colour);
        for (text, x, y) in texts {
            let _ = self.0.fill_text(text, *x, *y);
        }
    }

    /// Writes texts that run upwards from their points; `x` is their middle.
    pub fn texts_upwards(&self, texts: &[(String, f64, f64)], font: &str, colour: &str) {
        self.0.save();
        self.write_with(font, "left", colour);
        let _ = self.0.rotate(-std::f64::consts::FRAC_PI_2);
        for (text, x, y) in texts {
            let _ = self.0.fill_text(text, -y, *x);
        }
        self.0.restore();
    }

    fn write_with(&self, font: &str, align: &str, colour: &str) {
        self.0.set_font(font);
        self.0.set_text_align(align);
        self.0.set_text_baseline("middle");
        self.0.set_fill_style_str(colour);
    }

    /// Paints pixels (RGBA, row by row, `columns` wide) scaled into a rectangle with hard edges.
    pub fn pixels(&self, rgba: &[u8], columns: u32, x: f64, y: f64, w: f64, h: f64) {
        let paint = || {
            let image = ImageData::new_with_u8_clamped_array(Clamped(rgba), columns).ok()?;
            // `putImageData` knows no scale, so the pixels go by a canvas of their own.
            let canvas = SCRATCH.with(|it| it.get_or_init(new_canvas).clone())?;
            resize(&canvas, image.width(), image.height());
            let context: CanvasRenderingContext2d =
                canvas.get_context("2d").ok()??.dyn_into().ok()?;
            context.put_image_data(&image, 0.0, 0.0).ok()?;
            self.0.set_image_smoothing_enabled(false);
            self.0
                .draw_image_with_html_canvas_element_and_dw_and_dh(&canvas, x, y, w, h)
                .ok()
        };
        // Without pixels the table below the picture still says everything.
        let _ = paint();
    }
}
