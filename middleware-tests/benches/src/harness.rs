//! Subjects that take turns, and a table of their medians.

use std::time::{Duration, Instant};

use crate::table::Table;

/// Subjects that do the same work, the first of which the others are compared with.
pub struct Group {
    /// The bytes that one call works on.
    pub bytes: usize,
    pub subjects: Vec<Subject>,
}

pub struct Subject {
    pub name: &'static str,
    /// What its ratio is to be at most, where there is an aim.
    pub aim: Option<f64>,
    pub call: Box<dyn FnMut()>,
}

/// How long one turn of a subject takes.
const TURN: Duration = Duration::from_micros(500);

impl Group {
    pub fn new(bytes: usize) -> Self {
        Self {
            bytes,
            subjects: Vec::new(),
        }
    }

    #[must_use]
    pub fn add(mut self, name: &'static str, call: impl FnMut() + 'static) -> Self {
        self.subjects.push(Subject {
            name,
            aim: None,
            call: Box::new(call),
        });
        self
    }

    /// Sets the aim of the subject that was added last.
    #[must_use]
    pub fn aim(mut self, aim: f64) -> Self {
        if let Some(subject) = self.subjects.last_mut() {
            subject.aim = Some(aim);
        }
        self
    }

    /// The median nanoseconds of each subject.
    pub fn medians(&mut self, quick: bool) -> Vec<(&'static str, f64)> {
        let times = self.times(quick);
        let names = self.subjects.iter().map(|subject| subject.name);
        names.zip(times.into_iter().map(median)).collect()
    }

    /// The nanoseconds of each subject in each round, in which they take turns.
    fn times(&mut self, quick: bool) -> Vec<Vec<f64>> {
        let subjects = self.subjects.iter_mut();
        let calls: Vec<u32> = subjects.map(Subject::calls_in_a_turn).collect();
        let rounds = if quick { 20 } else { 400 };
        let mut times = vec![Vec::with_capacity(rounds); self.subjects.len()];
        for _ in 0..rounds {
            for ((subject, calls), times) in self.subjects.iter_mut().zip(&calls).zip(&mut times) {
                let took = subject.turn(*calls);
                times.push(took.as_secs_f64() * 1e9 / f64::from(*calls));
            }
        }
        times
    }

    /// Measures time.
    pub fn measure(&mut self, name: &str, quick: bool) -> Table {
        let times = self.times(quick);
        let base = times[0].clone();
        let title = format!("{name}, {} bytes", self.bytes);
        let mut table = Table::new(title, &["", "median ns", "MB/s", "ratio", "aim", "reached"]);
        for (subject, times) in self.subjects.iter().zip(times) {
            let ratios = times.iter().zip(&base).map(|(time, base)| time / base);
            let ratio = median(ratios.collect());
            let time = median(times);
            #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
            let speed = self.bytes as f64 * 1e3 / time;
            let [aim, reached] = subject.aim_texts(ratio);
            table.row([
                subject.name.to_owned(),
                format!("{time:.1}"),
                format!("{speed:.1}"),
                format!("{ratio:.2}"),
                aim,
                reached,
            ]);
        }
        table
    }
}

impl Subject {
    /// The aim, and whether this ratio is one that reaches it.
    pub fn aim_texts(&self, ratio: f64) -> [String; 2] {
        match self.aim {
            Some(aim) => {
                let reached = if ratio <= aim { "yes" } else { "no" };
                [format!("≤ {aim:.2}"), reached.to_owned()]
            }
            None => Default::default(),
        }
    }

    fn calls_in_a_turn(&mut self) -> u32 {
        let mut calls = 1;
        while self.turn(calls) < TURN {
            calls *= 2;
        }
        calls
    }

    pub fn turn(&mut self, calls: u32) -> Duration {
        let start = Instant::now();
        for _ in 0..calls {
            (self.call)();
        }
        start.elapsed()
    }
}

/// The value in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
