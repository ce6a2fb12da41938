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
    pub aim: Option<Aim>,
    pub call: Box<dyn FnMut()>,
}

/// What a subject is to cost at most.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// This often what the first subject costs.
    Ratio(f64),
    /// These nanoseconds.
    Nanoseconds(f64),
    /// These nanoseconds more than the first subject.
    More(f64),
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

    /// Sets the ratio that the subject that was added last is to have at most.
    #[must_use]
    pub fn aim(self, ratio: f64) -> Self {
        self.aim_at(Aim::Ratio(ratio))
    }

    /// Sets the aim of the subject that was added last.
    #[must_use]
    pub fn aim_at(mut self, aim: Aim) -> Self {
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
            let more = times.iter().zip(&base).map(|(time, base)| time - base);
            let more = median(more.collect());
            let time = median(times);
            #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
            let speed = self.bytes as f64 * 1e3 / time;
            let [aim, reached] = match subject.aim {
                Some(Aim::Nanoseconds(aim)) => texts(format!("≤ {aim:.0} ns"), time <= aim),
                Some(Aim::More(aim)) => texts(format!("≤ {aim:.0} ns more"), more <= aim),
                _ => subject.aim_texts(ratio),
            };
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
    /// The aim, where it is a ratio, and whether this one reaches it.
    pub fn aim_texts(&self, ratio: f64) -> [String; 2] {
        match self.aim {
            Some(Aim::Ratio(aim)) => texts(format!("≤ {aim:.2}"), ratio <= aim),
            _ => Default::default(),
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

fn texts(aim: String, reached: bool) -> [String; 2] {
    [aim, if reached { "yes" } else { "no" }.to_owned()]
}

/// The value in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
