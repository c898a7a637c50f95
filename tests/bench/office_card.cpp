// The score card of pages that the sample generator does not make (tests/ocr/drawn_office.h):
//   OMP_THREAD_LIMIT=1 office_card SEED PAGES [READINGS]
// PAGES pages of each look. READINGS keeps what was recognised, so that a change of the extraction
// alone is scored in a second. More typefaces and pens: $SOHOA_PRINT_FONTS, $SOHOA_PEN_FONTS.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>

#include "core/durable.h"
#include "ocr/fields/fields.h"
#include "ocr/page/recogniser.h"
#include "tests/ocr/drawn_office.h"
#include "tests/ocr/field_score.h"

namespace fs = std::filesystem;
using namespace sohoa;        // NOLINT(google-build-using-namespace): a program of one file
using namespace sohoa::test;  // NOLINT(google-build-using-namespace)

namespace {

std::string valueOf(const DocumentFields& document, std::string_view name) {
  const DocumentField* field = document.find(name);
  return field ? field->value : std::string();
}

std::string read(const DocumentFields& d, const std::string& name) {
  if (name == "agency")
    return valueOf(d, field::kSuperiorAgency) + "|" + valueOf(d, field::kAgency);
  if (name == "date") return valueOf(d, field::kPlace) + "|" + valueOf(d, field::kDate);
  if (name == "signer")
    return valueOf(d, field::kAuthority) + "|" + valueOf(d, field::kSignerTitle) + "|" +
           valueOf(d, field::kSigner);
  return valueOf(d, name);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s SEED PAGES [READINGS]\n", argv[0]);
    return 2;
  }
  const auto first = static_cast<unsigned>(std::atoi(argv[1]));
  const int pages = std::atoi(argv[2]);
  const fs::path kept = argc > 3 ? argv[3] : "";
  if (!kept.empty()) fs::create_directories(kept);
  const OfficeFonts fonts = officeFonts();
  Recogniser recogniser{RecogniserOptions{}};
  FieldCard card;
  int words = 0, missing = 0;
  unsigned look = 0;
  for (const char* name : {"clean", "stamped", "skewed", "faint", "low"}) {
    ++look;
    int lookWords = 0, lookMissing = 0;
    for (int i = 0; i < pages; ++i) {
      const unsigned seed = first * 1000U + look * 200U + static_cast<unsigned>(i);
      const OfficePage page = drawOffice(seed, officeLook(name, seed), fonts);
      const std::string key = std::string(name) + "-" + std::to_string(seed);
      const fs::path cache = kept / (key + ".json");
      Result<PageReading> reading = !kept.empty() && fs::exists(cache)
                                        ? readingFromJson(readFile(cache))
                                        : recogniser.read(page.image);
      if (!reading) {
        std::printf("%s: not read\n", key.c_str());
        continue;
      }
      if (!kept.empty() && !fs::exists(cache)) {
        std::ofstream(cache) << toJson(*reading);
        std::ofstream(kept / (key + ".jpg")) << page.image.bytes;
      }
      const DocumentFields document = readFields({*reading}).at(0);
      for (const auto& [field, wanted] : page.fields) {
        const std::string got = read(document, field);
        FieldScore score;
        score.printed = 1;
        score.exact = got == wanted ? 1 : 0;
        card[name][field] += score;
        card["all"][field] += score;
        if (got != wanted)
          std::printf("%s %s: '%s' read '%s' (%s)\n", key.c_str(), field.c_str(), wanted.c_str(),
                      got.c_str(), page.made.c_str());
      }
      for (const auto& [field, byHand] :
           {std::pair("number", page.numberByHand), std::pair("date", page.dateByHand)}) {
        const DocumentField* found = document.find(field);
        const bool said = found && found->byHand;
        FieldScore score;
        (byHand ? score.byHand : score.notByHand) = 1;
        if (said) (byHand ? score.foundByHand : score.mistaken) = 1;
        card[name][field] += score;
        card["all"][field] += score;
        if (said != byHand)
          std::printf("%s %s: %s, read '%s' (%s)\n", key.c_str(), field,
                      byHand ? "by hand, not seen" : "printed, called handwritten",
                      found ? found->text.c_str() : "(none)", page.made.c_str());
      }
      std::multiset<std::string> seen;
      for (const TextBlock& block : reading->blocks)
        for (const TextLine& line : block.lines)
          for (const Word& word : line.words) seen.insert(word.text);
      std::string lost;
      for (const std::string& word : page.words) {
        ++lookWords;
        const auto at = seen.find(word);
        if (at == seen.end()) {
          ++lookMissing;
          lost += " " + word;
        } else {
          seen.erase(at);
        }
      }
      if (!lost.empty()) {
        lost += " | read:";
        for (const std::string& word : seen) lost += " " + word;
        std::printf("%s %s lost:%s\n", key.c_str(),
                    page.made.substr(0, page.made.find(' ')).c_str(), lost.c_str());
      }
    }
    std::fflush(stdout);
    std::printf("%s: %d of %d printed words not read exactly (%.2f %%)\n", name, lookMissing,
                lookWords, 100.0 * lookMissing / std::max(1, lookWords));
    words += lookWords;
    missing += lookMissing;
  }
  std::printf("\n%s\n%sall: %.2f %% of printed words not read exactly\n", printed(card).c_str(),
              fieldBars(card).c_str(), 100.0 * missing / std::max(1, words));
  return 0;
}
