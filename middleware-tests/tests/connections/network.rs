//! A network that a test makes and then runs again in.

use std::{fmt::Write, path::PathBuf, process::Command};

use crate::again::{assert_passed, output, this};

/// A network of its own, which is gone with it.
pub(crate) struct Network {
    name: String,
    /// What stands in place of files of `/etc`, each beside the file whose place it takes.
    files: Vec<(PathBuf, &'static str)>,
}

impl Network {
    /// One whose loopback has these addresses as well; `None` where the machine or the user has none.
    pub(crate) fn new(name: &str, addresses: &[&str]) -> Option<Self> {
        let network = Self {
            name: format!("tower-harden-{name}-{}", std::process::id()),
            files: Vec::new(),
        };
        let ip = |arguments: &[&str]| {
            let status = Command::new("ip").args(arguments).output();
            status.is_ok_and(|output| output.status.success())
        };
        let inside = |arguments: &[&str]| ip(&[&["-n", &network.name], arguments].concat());
        let add = |address: &&str| {
            let last: &[&str] = if address.contains(':') {
                &["nodad"]
            } else {
                &[]
            };
            inside(&[&["address", "add", address, "dev", "lo"], last].concat())
        };
        let made = ip(&["netns", "add", &network.name])
            && inside(&["link", "set", "lo", "up"])
            && addresses.iter().all(add);
        if !made {
            println!("network namespace: cannot be made here, 0 cases");
        }
        made.then_some(network)
    }

    /// The programs in it ask this server for names.
    pub(crate) fn with_name_server(mut self, address: &str) -> Self {
        let files = [
            ("/etc/resolv.conf", format!("nameserver {address}\n")),
            ("/etc/nsswitch.conf", "hosts: files dns\n".to_owned()),
        ];
        for (place, text) in files {
            let name = format!("{}-{}", self.name, place.replace('/', "-"));
            let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
            std::fs::write(&file, text).expect("a file");
            self.files.push((file, place));
        }
        self
    }

    /// Runs a test of this binary again in it.
    pub(crate) async fn run(self, test: &'static str) {
        let output = tokio::task::spawn_blocking(move || output(self.command(), test));
        assert_passed(&output.await.expect("no panic"));
    }

    /// What runs this binary in it. The mounts of `ip netns exec` are seen by what it runs alone.
    fn command(&self) -> Command {
        let mut script = String::new();
        for (file, place) in &self.files {
            let _ = write!(
                script,
                "[ ! -e {place} ] || mount --bind '{}' {place} || exit 1; ",
                file.display()
            );
        }
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name, "sh", "-c"]);
        command.arg(script + r#"exec "$@""#).arg("sh").arg(this());
        command
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let _ = Command::new("ip")
            .args(["netns", "delete", &self.name])
            .output();
        for (file, _) in &self.files {
            let _ = std::fs::remove_file(file);
        }
    }
}
