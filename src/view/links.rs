//! Which addresses may become links, and the address to share.

use crate::{browser, model::Origin, route::Address, summary};

/// The address when it is `http(s)`: anything else from an artifact never becomes a link.
pub fn web_address(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_clean = !url
        .bytes()
        .any(|byte| byte.is_ascii_control() || byte == b' ');
    (is_web && is_clean && !rest.is_empty()).then_some(url)
}

/// A commit's page on its forge.
pub fn commit_address(origin: &Origin, sha: &str) -> Option<String> {
    summary::commit_address(origin, sha).filter(|it| web_address(it).is_some())
}

/// The address of a view for other people: of this very push where it is published, else of the
/// page as it is open here.
pub fn shared_address(origin: &Origin, is_published: bool, address: &Address) -> String {
    let published = origin.base_url.as_deref().filter(|_| is_published);
    let page = match published.and_then(web_address) {
        Some(base) if base.ends_with('/') || base.ends_with(".html") => base.to_owned(),
        Some(base) => format!("{base}/"),
        None => browser::page_url(),
    };
    format!("{page}{}", address.to_fragment())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::View;

    #[test]
    fn only_web_addresses_become_links() {
        for url in ["https://forge.example/a/1", "HTTP://x"] {
            assert_eq!(web_address(url), Some(url));
        }
        for url in [
            "javascript:alert(1)//://",
            "data:text/html,x",
            "https://",
            "https://a b",
            "java\nscript://x",
            "/a",
            "",
        ] {
            assert_eq!(web_address(url), None, "{url}");
        }
    }

    #[test]
    fn a_commit_stands_where_its_forge_has_it() {
        for (repository, folder) in [
            ("https://github.com/acme/gitlab-importer", "commit"),
            ("https://gitlab.acme.org/team/model", "-/commit"),
            ("https://bitbucket.org/acme/gitlab", "commits"),
        ] {
            let origin = Origin {
                repository_url: Some(repository.to_owned()),
                ..Origin::default()
            };
            let expected = format!("{repository}/{folder}/2a1f591");
            assert_eq!(commit_address(&origin, "2a1f591"), Some(expected));
        }
    }

    #[test]
    fn a_published_view_is_shared_by_its_immutable_address() {
        let origin = Origin {
            base_url: Some("https://team.example/nba/pr/12/2a1f591".to_owned()),
            ..Origin::default()
        };
        let address = Address::new(View::Confusion).with_pair("cell", Some(("C", "PF")));
        let shared = shared_address(&origin, true, &address);
        assert_eq!(
            shared,
            "https://team.example/nba/pr/12/2a1f591/#/confusion?cell=C~PF"
        );
        assert_eq!(
            shared_address(&origin, false, &address),
            "#/confusion?cell=C~PF"
        );
    }
}
