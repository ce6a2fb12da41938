//! Subjects that take turns, and a table of their medians.

use std::time::{Duration, Instant};

/// Subjects that do the same work, the first of which the others are compared with.
pub(crate) struct Group {
    /// The bytes that one call works on.
    pub(crate) bytes: usize,
    pub(crate) subjects: Vec<Subject>,
}

pub(crate) struct Subject {
    pub(crate) name: &'static str,
    /// What its ratio is to be at most, where there is an aim.
    pub(crate) aim: Option<f64>,
    pub(crate) call: Box<dyn FnMut()>,
}

/// How long one turn of a subject takes.
const TURN: Duration = Duration::from_micros(500);

impl Group {
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            bytes,
            subjects: Vec::new(),
        }
    }

    #[must_use]
    pub(crate) fn add(mut self, name: &'static str, call: impl FnMut() + 'static) -> Self {
        self.subjects.push(Subject {
            name,
            aim: None,
            call: Box::new(call),
        });
        self
    }

    /// Sets the aim of the subject that was added last.
    #[must_use]
    pub(crate) fn aim(mut self, aim: f64) -> Self {
        if let Some(subject) = self.subjects.last_mut() {
            subject.aim = Some(aim);
        }
        self
    }

    /// Measures time and prints the table.
    pub(crate) fn measure(&mut self, name: &str, quick: bool) {
        let calls: Vec<u32> = self
            .subjects
            .iter_mut()
            .map(Subject::calls_in_a_turn)
            .collect();
        let rounds = if quick { 20 } else { 400 };
        let mut times = vec![Vec::with_capacity(rounds); self.subjects.len()];
        for _ in 0..rounds {
            for ((subject, calls), times) in self.subjects.iter_mut().zip(&calls).zip(&mut times) {
                let took = subject.turn(*calls);
                times.push(took.as_secs_f64() * 1e9 / f64::from(*calls));
            }
        }
        let base = times[0].clone();
        println!("\n{name}, {} bytes", self.bytes);
        println!(
            "{:34} {:>12} {:>9} {:>7} {:>7}",
            "", "median ns", "MB/s", "ratio", "aim"
        );
        for (subject, times) in self.subjects.iter().zip(times) {
            let ratios = times
                .iter()
                .zip(&base)
                .map(|(time, base)| time / base)
                .collect();
            let time = median(times);
            #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
            let speed = self.bytes as f64 * 1e3 / time;
            println!(
                "{:34} {time:>12.1} {speed:>9.1} {:>7.2} {:>7}",
                subject.name,
                median(ratios),
                subject.aim_text(),
            );
        }
    }
}

impl Subject {
    pub(crate) fn aim_text(&self) -> String {
        self.aim.map(|aim| format!("{aim:.2}")).unwrap_or_default()
    }

    fn calls_in_a_turn(&mut self) -> u32 {
        let mut calls = 1;
        while self.turn(calls) < TURN {
            calls *= 2;
        }
        calls
    }

    pub(crate) fn turn(&mut self, calls: u32) -> Duration {
        let start = Instant::now();
        for _ in 0..calls {
            (self.call)();
        }
        start.elapsed()
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
