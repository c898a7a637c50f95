// The score card of document fields on a generated set:
//   sohoa_generate --out DIR --set mixed --seed N --dossiers 60
//   OMP_THREAD_LIMIT=1 field_card DIR [READINGS [BASELINE]]
// READINGS keeps what was recognised, so that a change of the extraction alone is scored in a
// second. BASELINE is written: the file that the default tests compare with.

#include <cstdio>
#include <fstream>

#include "core/durable.h"
#include "ocr/page/recogniser.h"
#include "pdf/incoming/incoming.h"
#include "tests/ocr/field_score.h"

namespace fs = std::filesystem;

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s DIR [READINGS [BASELINE]]\n", argv[0]);
    return 2;
  }
  const fs::path kept = argc > 2 ? argv[2] : "";
  if (!kept.empty()) fs::create_directories(kept);
  sohoa::Recogniser recogniser{sohoa::RecogniserOptions{}};
  const auto read = [&](const fs::path& file, int index,
                        const std::string& key) -> sohoa::Result<sohoa::PageReading> {
    const fs::path cache = kept / (key + ".json");
    if (!kept.empty() && fs::exists(cache)) return sohoa::readingFromJson(sohoa::readFile(cache));
    const auto image = sohoa::readIncomingPage(file, index);
    if (!image) return image.error();
    auto reading = recogniser.read(*image);
    if (reading && !kept.empty()) std::ofstream(cache) << toJson(*reading);
    return reading;
  };
  const auto tell = [](const std::string& line) { std::printf("%s\n", line.c_str()); };
  const auto card = sohoa::test::scoreFields(argv[1], read, tell);
  std::printf("\n%s\n%s", sohoa::test::printed(card).c_str(), sohoa::test::fieldBars(card).c_str());
  if (argc > 3) std::ofstream(argv[3]) << sohoa::test::fieldBaselineText(card);
  return 0;
}
