//! Waits until a published address answers: hosts take from seconds to minutes.

use crate::words::publishing::Publishing;

/// What a wait needs of the world.
pub trait Outside {
    /// Status and body of an address; what went wrong otherwise.
    fn ask(&mut self, url: &str) -> Result<(u16, Vec<u8>), String>;
    /// Lets so many milliseconds pass.
    fn sleep_millis(&mut self, millis: u64);
    /// Seconds since some moment.
    fn now_secs(&mut self) -> u64;
    /// Says how far it is.
    fn tell(&mut self, message: &Publishing);
}

/// The longest time between two questions.
const MAX_PAUSE_MILLIS: u64 = 10_000;

/// Asks for the entry of the report in a folder of the site, `address`, until it is the one that
/// was published (or any, when `entry` isn't known), for at most so many seconds.
///
/// # Errors
/// It was in vain.
pub fn wait(
    outside: &mut dyn Outside,
    address: &str,
    entry: Option<&[u8]>,
    max_secs: u64,
) -> Result<(), Publishing> {
    let folder = folder(address);
    let start = outside.now_secs();
    let mut pause = 500;
    let mut n_asked = 0_u32;
    loop {
        n_asked += 1;
        // Whoever stands between keeps "not found" for a while; a query is another address.
        let last = match outside.ask(&format!("{folder}entry.json?careo={start}-{n_asked}")) {
            Ok((200, body)) if entry.is_none_or(|entry| entry == body) => {
                let secs = outside.now_secs().saturating_sub(start);
                outside.tell(&Publishing::Answers {
                    url: address.to_owned(),
                    secs,
                });
                return Ok(());
            }
            Ok((200, _)) => "200, another page".to_owned(),
            Ok((status, _)) => status.to_string(),
            Err(message) => message,
        };
        let secs = outside.now_secs().saturating_sub(start);
        let url = address.to_owned();
        if secs >= max_secs {
            return Err(Publishing::NoAnswer { url, secs, last });
        }
        outside.tell(&Publishing::Waiting { url, secs });
        let left = (max_secs - secs).saturating_mul(1000);
        outside.sleep_millis(pause.min(left));
        pause = (pause * 2).min(MAX_PAUSE_MILLIS);
    }
}

/// The folder of an address: that of a page's file, or what lacks nothing but its slash.
fn folder(address: &str) -> String {
    let address = address.split('?').next().unwrap_or_default();
    match address.rsplit_once('/') {
        Some((_, "")) => address.to_owned(),
        Some((folder, name)) if name.ends_with(".html") => format!("{folder}/"),
        _ => format!("{address}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Scripted {
        answers: Vec<Result<(u16, Vec<u8>), String>>,
        asked: Vec<String>,
        millis: u64,
        told: Vec<Publishing>,
    }

    impl Outside for Scripted {
        fn ask(&mut self, url: &str) -> Result<(u16, Vec<u8>), String> {
            self.asked.push(url.to_owned());
            match self.answers.len() {
                1 => self.answers[0].clone(),
                _ => self.answers.remove(0),
            }
        }

        fn sleep_millis(&mut self, millis: u64) {
            assert!(millis > 0);
            self.millis += millis;
        }

        fn now_secs(&mut self) -> u64 {
            1_000 + self.millis / 1000
        }

        fn tell(&mut self, message: &Publishing) {
            self.told.push(message.clone());
        }
    }

    fn scripted(answers: Vec<Result<(u16, Vec<u8>), String>>) -> Scripted {
        Scripted {
            answers,
            asked: Vec::new(),
            millis: 0,
            told: Vec::new(),
        }
    }

    #[test]
    fn it_ends_with_the_very_entry() {
        let ok = |text: &str| Ok((200, text.as_bytes().to_vec()));
        let mut outside = scripted(vec![
            Err("refused".to_owned()),
            Ok((404, Vec::new())),
            ok("old"),
            ok("new"),
        ]);
        wait(&mut outside, "https://x.org/pr/1/a/", Some(b"new"), 600).unwrap();
        assert_eq!(outside.asked.len(), 4);
        assert_eq!(
            outside.asked[0],
            "https://x.org/pr/1/a/entry.json?careo=1000-1"
        );
        assert_eq!(outside.told.len(), 4, "progress and the end");
    }

    #[test]
    fn an_address_is_a_folder_or_a_page_in_it() {
        for address in [
            "https://x.org/r/",
            "https://x.org/r",
            "https://x.org/r/index.html?a=1",
        ] {
            assert_eq!(folder(address), "https://x.org/r/");
        }
        assert_eq!(folder("https://x.org"), "https://x.org/");
    }

    #[test]
    fn it_gives_up_in_time() {
        let mut outside = scripted(vec![Ok((404, Vec::new()))]);
        let error = wait(&mut outside, "https://x.org/", None, 60).unwrap_err();
        let Publishing::NoAnswer { secs, last, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!((secs, last.as_str()), (60, "404"));
        assert!(outside.asked.len() < 20);
    }
}
