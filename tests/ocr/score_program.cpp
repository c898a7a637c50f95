// ocr_score DIR [--tesseract] [--ocrmypdf] [--errors] [--only CONDITION] [--words FILE]
//   [--baseline FILE]
// Scores recognition on a folder that sohoa_generate wrote, condition by condition, and on demand
// other programs on the same pages in the same run: accuracy and processor seconds a page. --words
// lists every word: condition, confidence, suspect, read, true, page.
#include <sys/resource.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <set>
#include <string>

#include "ocr/page/recogniser.h"
#include "tests/ocr/plain_engine.h"
#include "tests/ocr/score.h"
#include "tests/support/files.h"

namespace sohoa::test {
namespace {

double ownSeconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

void listErrors(const SamplePage& page, const PageReading& reading, double dpi,
                const Score& score) {
  std::printf("--- %s %s %s: %d of %d signs\n", page.condition.c_str(), page.dossier.c_str(),
              page.file.c_str(), score.characters.errors, score.characters.characters);
  std::multiset<std::string> truth, read;
  for (const TruthWord& w : page.words) truth.insert(w.text);
  for (const Word& w :
       wordsOutside(reading, page.ignored, page.printed, static_cast<int>(dpi / 300 * 8))) {
    const auto found = truth.find(w.text);
    if (found != truth.end()) {
      truth.erase(found);
    } else {
      std::printf("  read  %s%s at %d,%d %.2f\n", w.text.c_str(), w.suspect ? " (?)" : "", w.box.x,
                  w.box.y, w.confidence);
    }
  }
  for (const std::string& w : truth) std::printf("  truth %s\n", w.c_str());
}

int run(int count, char** arguments) {
  std::string folder, baseline, only;
  bool tesseract = false, ocrmypdf = false, errors = false;
  std::FILE* words = nullptr;  // closed by the end of the program
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--tesseract") {
      tesseract = true;
    } else if (argument == "--ocrmypdf") {
      ocrmypdf = true;
    } else if (argument == "--errors") {
      errors = true;
    } else if (argument == "--only" && i + 1 < count) {
      only = arguments[++i];
    } else if (argument == "--words" && i + 1 < count) {
      words = std::fopen(arguments[++i], "w");
    } else if (argument == "--baseline" && i + 1 < count) {
      baseline = arguments[++i];
    } else {
      folder = argument;
    }
  }
  if (folder.empty()) {
    std::fprintf(stderr,
                 "usage: ocr_score DIR [--tesseract] [--ocrmypdf] [--errors] [--only CONDITION] "
                 "[--words FILE] [--baseline FILE]\n");
    return 2;
  }
  struct Reader {
    std::string name;
    std::function<PageReading(const PageImage&)> read;
    ScoreCard card;
    double seconds = 0;
  };
  Recogniser recogniser{RecogniserOptions{}};
  std::vector<Reader> readers;
  readers.push_back({"sohoa", {}, {}, 0});
  readers.back().read = [&](const PageImage& image) {
    const double before = ownSeconds();
    auto reading = recogniser.read(image);
    readers.front().seconds += ownSeconds() - before;
    if (!reading) throw std::runtime_error(reading.error().detail);
    return std::move(*reading);
  };
  const auto other = [&](const char* name, PlainReading (*read)(const PageImage&)) {
    const std::size_t at = readers.size();
    readers.push_back({name, {}, {}, 0});
    readers.back().read = [&readers, read, at](const PageImage& image) {
      PlainReading plain = read(image);
      readers[at].seconds += plain.seconds;
      return std::move(plain.reading);
    };
  };
  if (tesseract) other("tesseract", readByTesseract);
  if (ocrmypdf) other("ocrmypdf", readByOcrmypdf);
  int pages = 0;
  for (const SamplePage& page : pagesOfSet(folder)) {
    if (page.condition == "blank" && page.text.empty()) continue;
    if (!only.empty() && page.condition != only) continue;
    const PageImage image = imageOf(page);
    ++pages;
    for (Reader& reader : readers) {
      const PageReading reading = reader.read(image);
      const bool ours = &reader == &readers.front();
      const Score score =
          scorePage(page, reading, image.xDpi, [&](const Word& word, const std::string& truth) {
            if (!words || !ours) return;
            std::fprintf(words, "%s\t%.3f\t%d\t%s\t%s\t%s/%s\n", page.condition.c_str(),
                         word.confidence, word.suspect ? 1 : 0, word.text.c_str(), truth.c_str(),
                         page.dossier.c_str(), page.file.c_str());
          });
      reader.card[page.condition] += score;
      if (errors) listErrors(page, reading, image.xDpi, score);
    }
  }
  for (const Reader& reader : readers) {
    std::printf("%s, %.3f s of processor a page\n%s\n", reader.name.c_str(),
                reader.seconds / std::max(pages, 1), table(reader.card).c_str());
  }
  std::printf("%s", bars(readers.front().card, tesseract ? readers[1].card : ScoreCard{}).c_str());
  if (!baseline.empty()) spill(baseline, baselineText(readers.front().card));
  return 0;
}

}  // namespace
}  // namespace sohoa::test

int main(int count, char** arguments) {
  try {
    return sohoa::test::run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ocr_score: %s\n", error.what());
    return 1;
  }
}
