use crate::model::{Lang, Report};

/// A page whose places for title, content and scripts are known.
#[derive(Debug)]
pub struct Page(String);

/// What the built viewer's index.html doesn't have, though it should: a bug in careo.
#[derive(Debug, thiserror::Error)]
#[error("the viewer's index.html has no {0}")]
pub struct NoSuchPlace(String);

/// What a page of a site with history has, by which it is told from anybody else's.
pub const MARK: &str = "<meta name=\"generator\" content=\"careo\">";

/// Whether a page is careo's own: of a site, packed, or of a site with history.
pub fn is_ours(html: &[u8]) -> bool {
    let head = String::from_utf8_lossy(html.get(..2000).unwrap_or(html)).into_owned();
    let is_app = head.contains("<html lang=\"") && head.contains(" data-state=\"");
    is_app || head.contains(MARK)
}

impl Page {
    /// The viewer's own page.
    pub fn new(index: &str) -> Self {
        Self(index.to_owned())
    }

    /// Replaces the only place that reads so.
    ///
    /// # Errors
    /// There is no such place.
    pub fn replace(&mut self, place: &str, with: &str) -> Result<(), NoSuchPlace> {
        match self.0.contains(place) {
            true => self.0 = self.0.replacen(place, with, 1),
            false => return Err(NoSuchPlace(place.to_owned())),
        }
        Ok(())
    }

    /// Takes out the tag that holds this text.
    ///
    /// # Errors
    /// There is no such tag.
    pub fn take_tag(&mut self, holds: &str, end: &str) -> Result<(), NoSuchPlace> {
        self.replace_tag(holds, end, "")
    }

    /// Puts the style into the page, in the place of the link to it: the first paint then waits
    /// for nothing.
    ///
    /// # Errors
    /// There is no such link.
    pub fn inline_style(&mut self, css: &str) -> Result<(), NoSuchPlace> {
        let css = css.replace("</style", "<\\/style");
        self.replace_tag("rel=\"stylesheet\"", ">", &format!("<style>{css}</style>"))
    }

    fn replace_tag(&mut self, holds: &str, end: &str, with: &str) -> Result<(), NoSuchPlace> {
        let missing = || NoSuchPlace(holds.to_owned());
        let at = self.0.find(holds).ok_or_else(missing)?;
        let start = self.0[..at].rfind('<').ok_or_else(missing)?;
        let len = self.0[at..].find(end).ok_or_else(missing)? + end.len();
        self.0.replace_range(start..at + len, with);
        Ok(())
    }

    /// Puts the pre-rendered first view and its sentence into the page.
    ///
    /// # Errors
    /// The page has no place for them.
    pub fn show(&mut self, report: &Report, view: &str, sentence: &str) -> Result<(), NoSuchPlace> {
        let lang = report.settings.lang.unwrap_or_default();
        self.show_view(lang, &head(report, sentence, lang), view)
    }

    /// Puts a pre-rendered view into the page, and what stands in its head in place of the title.
    ///
    /// # Errors
    /// The page has no place for them.
    pub fn show_view(&mut self, lang: Lang, head: &str, view: &str) -> Result<(), NoSuchPlace> {
        self.replace(
            "<html lang=\"en\" data-state=\"loading\">",
            &format!("<html lang=\"{}\" data-state=\"shown\">", lang.code()),
        )?;
        self.replace("<title>careo</title>", head)?;
        let app = format!("<div id=\"app\">{view}</div>");
        self.replace("<div id=\"app\"></div>", &app)
    }

    /// Gives the root element one attribute more.
    ///
    /// # Errors
    /// There is no such element.
    pub fn set_root_attribute(&mut self, name: &str, value: &str) -> Result<(), NoSuchPlace> {
        let root = format!("<html {name}=\"{}\" ", escape(value));
        self.replace("<html ", &root)
    }

    /// Has the page take its files, which stand beside it otherwise, from a folder.
    pub fn move_files(&mut self, folder: &str) {
        self.0 = self.0.replace("=\"./", &format!("=\"{folder}"));
    }

    /// The HTML.
    pub fn into_html(self) -> String {
        self.0
    }
}

/// Title and what chats and search engines show: the verdict's sentence, first of all.
pub fn head(report: &Report, sentence: &str, lang: Lang) -> String {
    let about = report.origin.title.as_deref();
    let about = about
        .or(report.origin.repository.as_deref())
        .unwrap_or("careo");
    let locale = match lang {
        Lang::En => "en",
        Lang::Es => "es",
    };
    let mut head = format!(
        "<title>{title}</title>\n\
         <meta name=\"description\" content=\"{sentence}\">\n\
         <meta property=\"og:type\" content=\"article\">\n\
         <meta property=\"og:title\" content=\"{sentence}\">\n\
         <meta property=\"og:description\" content=\"{sentence}\">\n\
         <meta property=\"og:locale\" content=\"{locale}\">",
        title = escape(&format!("{sentence} · {about}")),
        sentence = escape(sentence),
    );
    if let Some(url) = &report.origin.base_url {
        head.push_str(&format!(
            "\n<meta property=\"og:url\" content=\"{}\">",
            escape(url)
        ));
    }
    head
}

/// Text as HTML, in content and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = include_str!("../../index.html");

    #[test]
    fn the_sentence_stands_in_title_and_tags_as_text() {
        let mut report = Report::default();
        report.settings.lang = Some(Lang::Es);
        report.origin.title = Some("</title><script>alert(1)</script>".to_owned());
        let mut page = Page::new(INDEX);
        page.show(&report, "<h1>Sí</h1>", "No \"cambia\" & <ya>")
            .unwrap();
        let html = page.into_html();
        assert!(html.contains("<html lang=\"es\" data-state=\"shown\">"));
        let title = "<title>No &quot;cambia&quot; &amp; &lt;ya&gt; · &lt;/title&gt;";
        assert!(html.contains(title), "{html}");
        assert!(html.contains("og:title\" content=\"No &quot;cambia&quot;"));
        assert!(html.contains("og:description\" content=\"No &quot;cambia&quot;"));
        assert!(html.contains("<div id=\"app\"><h1>Sí</h1></div>"));
        assert!(!html.contains("<script>alert"));
    }

    #[test]
    fn the_style_stands_where_the_link_to_it_was() {
        let mut page = Page::new("<head><link rel=\"stylesheet\" href=\"./x.css\"/>\n</head>");
        page.inline_style("a { color: red } /* </style> */")
            .unwrap();
        let expected = "<head><style>a { color: red } /* <\\/style> */</style>\n</head>";
        assert_eq!(page.into_html(), expected);
        assert!(Page::new("<head></head>").inline_style("").is_err());
    }

    #[test]
    fn a_page_without_its_places_is_refused() {
        let mut page = Page::new("<html></html>");
        assert!(page.show(&Report::default(), "", "").is_err());
        assert!(page.take_tag("http-equiv", ">").is_err());
    }
}
