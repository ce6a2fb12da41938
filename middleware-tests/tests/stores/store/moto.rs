use std::{
    env,
    ffi::OsStr,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio::time::sleep;

use super::Store;

/// moto, a store in Python, in a process of its own.
#[derive(Debug)]
pub(crate) struct Moto {
    url: String,
    process: Child,
}

impl Moto {
    /// Starts it and waits for its first answer. Where it is absent it says so, and there is none.
    pub(crate) async fn start() -> Option<Self> {
        let Some(program) = program() else {
            println!("moto: absent, 0 cases");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = port.expect("a port").port();
        let process = Command::new(&program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut moto = Self {
            url: format!("http://127.0.0.1:{port}"),
            process,
        };
        moto.wait().await;
        Some(moto)
    }

    async fn wait(&mut self) {
        let client = self.bare();
        let started = Instant::now();
        while client.list_tables().send().await.is_err() {
            let ended = self.process.try_wait().expect("a process of ours");
            assert!(ended.is_none(), "moto ended: {ended:?}");
            assert!(
                started.elapsed() < Duration::from_secs(90),
                "moto does not answer"
            );
            sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Store for Moto {
    fn url(&self) -> &str {
        &self.url
    }
}

/// What `TOWER_HARDEN_MOTO` names, or where CI installs it in the target directory, or on the path.
fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("TOWER_HARDEN_MOTO") {
        return Some(named.into());
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let installed = target.map(|target| target.join("moto-venv/bin/moto_server"));
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|directory| directory.join("moto_server"));
    let mut programs = installed.into_iter().chain(on_path);
    programs.find(|program| is_program(program.as_os_str()))
}

fn is_program(path: &OsStr) -> bool {
    Path::new(path).is_file()
}
