//! A table, as a terminal or Markdown shows it.

/// Rows under their heads. The first column is text, the others are numbers.
#[derive(Debug)]
pub struct Table {
    title: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(title: impl Into<String>, heads: &[&str]) -> Self {
        Self {
            title: title.into(),
            heads: heads.iter().map(|head| (*head).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints it, in Markdown where the program was told so by `--markdown`.
    pub fn print(&self) {
        if std::env::args().any(|argument| argument == "--markdown") {
            println!("\n### {}\n", self.title);
            let rule = self.heads.iter().map(|_| "---:".to_owned());
            let rule: Vec<String> = ["---".to_owned()].into_iter().chain(rule.skip(1)).collect();
            for row in [&self.heads, &rule].into_iter().chain(&self.rows) {
                println!("| {} |", row.join(" | "));
            }
            return;
        }
        println!("\n{}", self.title);
        for row in [&self.heads].into_iter().chain(&self.rows) {
            let (first, others) = row.split_first().expect("a table has columns");
            print!("{first:40}");
            for cell in others {
                print!(" {cell:>12}");
            }
            println!();
        }
    }
}
