// What each face of print costs in codes and dates:
//   OMP_THREAD_LIMIT=1 faces_card SEED ROWS [FACE…]
// ROWS lines of a dossier's code, a day and a number per face, full of zeros and ones, drawn clean
// and as a scanner gives them. A value that is lost and not marked as doubtful is the worst there
// is: it reads well and is wrong. Faces: those of print in samples/faces.h, or the ones named.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "ocr/recogniser.h"
#include "tests/ocr/drawn_page.h"

using namespace sohoa;        // NOLINT(google-build-using-namespace): a program of one file
using namespace sohoa::test;  // NOLINT(google-build-using-namespace)

namespace {

struct Row {
  std::string text;
  std::vector<std::string> values;
};

std::vector<Row> rowsOf(unsigned seed, int count) {
  std::mt19937 dice(seed);
  const auto below = [&](unsigned most) { return static_cast<unsigned>(dice() % most); };
  const auto day = [&] {
    return fmt::format("{:02}/{:02}/20{:02}", 1 + below(28), 1 + below(12), 10 + below(12));
  };
  // The row in which it was seen that `000` came out as `600` and the day as 91/19/2019.
  std::vector<Row> rows = {{"Hồ sơ 000.00.12.H46-211011-0010 ngày 01/10/2010 số 1001 tờ",
                            {"000.00.12.H46-211011-0010", "01/10/2010", "1001"}}};
  for (int i = 1; i < count; ++i) {
    const std::string code =
        fmt::format("{:03}.{:02}.{:02}.H46-21{:02}{:02}-{:04}", below(2) * 10, below(20), below(20),
                    10 + below(3), 1 + below(28), below(2) == 0 ? below(20) : below(2000));
    const std::string received = day(), number = fmt::format("{}", 100 + below(1900));
    rows.push_back({fmt::format("Hồ sơ {} ngày {} số {} tờ", code, received, number),
                    {code, received, number}});
  }
  return rows;
}

std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return row[b.size()];
}

struct Count {
  int drawn = 0, split = 0, lost = 0, unmarked = 0;
  void operator+=(const Count& more) {
    drawn += more.drawn, split += more.split, lost += more.lost, unmarked += more.unmarked;
  }
};

/// Neighbouring words of a line taken as one: a wide face has gaps within a code.
struct Run {
  std::string text;
  int words = 0;
  bool suspect = false;
};

std::vector<Run> runsOf(const std::vector<Word>& words) {
  constexpr std::size_t kMost = 5;
  std::vector<Run> runs;
  for (std::size_t first = 0; first < words.size(); ++first) {
    Run run;
    for (std::size_t i = first; i < std::min(words.size(), first + kMost); ++i) {
      run.text += words[i].text;
      run.suspect = run.suspect || words[i].suspect;
      ++run.words;
      runs.push_back(run);
    }
  }
  return runs;
}

/// The words read at the height of a row, in pixels.
std::vector<Word> wordsAt(const PageReading& reading, double top, double bottom) {
  std::vector<Word> words;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        const double middle = word.box.y + word.box.height / 2.0;
        if (middle > top && middle < bottom) words.push_back(word);
      }
    }
  }
  std::sort(words.begin(), words.end(),
            [](const Word& a, const Word& b) { return a.box.x < b.box.x; });
  return words;
}

Count compare(const Row& row, const std::vector<Word>& words, const std::string& title) {
  Count count;
  const std::vector<Run> runs = runsOf(words);
  for (const std::string& value : row.values) {
    ++count.drawn;
    const auto nearest =
        std::min_element(runs.begin(), runs.end(), [&](const Run& a, const Run& b) {
          return distance(a.text, value) < distance(b.text, value);
        });
    if (nearest != runs.end() && nearest->text == value) {
      if (nearest->words > 1) ++count.split;
      continue;
    }
    ++count.lost;
    const bool marked = nearest != runs.end() && nearest->suspect;
    if (!marked) ++count.unmarked;
    fmt::print("  {}: {} read {} ({})\n", title, value,
               nearest == runs.end() ? "nothing" : nearest->text, marked ? "marked" : "NOT MARKED");
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: {} SEED ROWS [FACE…]\n", argv[0]);
    return 2;
  }
  const auto rows = rowsOf(static_cast<unsigned>(std::atoi(argv[1])), std::atoi(argv[2]));
  std::vector<std::string> faces(argv + 3, argv + argc);
  if (faces.empty())
    faces = {"Liberation Serif", "Liberation Sans", "Liberation Mono", "DejaVu Serif",
             "DejaVu Serif Condensed"};
  constexpr std::size_t kRowsOfAPage = 20;
  Recogniser recogniser{RecogniserOptions{}};
  std::vector<std::string> card;
  for (const std::string& face : faces) {
    for (const bool scanned : {false, true}) {
      const std::string title = face + (scanned ? ", scanned" : ", clean");
      Count all;
      for (std::size_t first = 0; first < rows.size(); first += kRowsOfAPage) {
        const std::vector<Row> some(rows.begin() + static_cast<std::ptrdiff_t>(first),
                                    rows.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                       rows.size(), first + kRowsOfAPage)));
        DrawnPage page;
        std::vector<double> tops = {60};
        for (const Row& row : some) {
          tops.push_back(page.text(60, tops.back(), 500, face + " 11", row.text) + 12);
        }
        const auto reading =
            recogniser.read(scanned ? page.scanned(300, 0.8, 2, 75, 1) : page.image());
        constexpr double kPixels = 300.0 / 72;
        for (std::size_t i = 0; i < some.size(); ++i) {
          all += compare(some[i],
                         reading ? wordsAt(*reading, tops[i] * kPixels, tops[i + 1] * kPixels)
                                 : std::vector<Word>(),
                         title);
        }
      }
      card.push_back(fmt::format("{:<32}{:>5} drawn{:>5} in pieces{:>5} lost{:>5} not marked",
                                 title, all.drawn, all.split, all.lost, all.unmarked));
    }
  }
  for (const std::string& line : card) fmt::print("{}\n", line);
  return 0;
}
