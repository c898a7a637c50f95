// page_twins [PAGES [SEED]]: how well pages that were scanned twice are told from pages that only
// look alike. Every page is drawn and scanned twice, as two different settings of a scanner would;
// twins are the two scans of one page, strangers the first scans of two documents of one kind (the
// same form, filled in differently). Needs OMP_THREAD_LIMIT=1.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ocr/page/recogniser.h"
#include "pipeline/dossier/duplicate_pages.h"
#include "samples/containers.h"
#include "samples/dossier.h"

namespace {

namespace samples = sohoa::samples;

struct Drawn {
  samples::DocumentKind kind{};
  sohoa::PageReading first, second;
};

sohoa::PageReading read(const samples::Side& side, const samples::Random& random,
                        sohoa::Recogniser& recogniser) {
  const samples::Image image = samples::scan(side.page, side.back.get(), side.settings, random);
  const auto bytes = samples::encodeJpeg(image, side.settings.dpi, side.settings.jpegQuality,
                                         side.settings.halfColour);
  sohoa::PageImage page;
  page.format = sohoa::ImageFormat::jpeg;
  page.bytes.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  page.width = image.width;
  page.height = image.height;
  page.xDpi = page.yDpi = side.settings.dpi;
  const auto reading = recogniser.read(page);
  return reading ? *reading : sohoa::PageReading{};
}

/// The sheet lies otherwise on the glass, the lamp and the setting are others.
void scanAnew(samples::ScanSettings& settings, samples::Random& random) {
  settings.skewDegrees = random.sign() * random.real(0, 2.5);
  settings.shiftX = random.real(-8, 8);
  settings.shiftY = random.real(-8, 8);
  settings.noise = random.real(1, 6);
  settings.blur = random.real(0.4, 1.0);
  settings.tonerStrength = random.real(0.8, 1.0);
  settings.specks = random.integer(0, 60);
  settings.jpegQuality = random.integer(50, 90);
  if (random.chance(0.3)) settings.dpi = 200;
}

void print(const char* what, const sohoa::PageLikeness& likeness) {
  fmt::print("{} alike {} apart {:.3f} worst {:3} words {:4} certain apart {}\n", what,
             likeness.alike ? 1 : 0, likeness.apart, likeness.worstPlace, likeness.words,
             likeness.certainApart);
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 40;
  const auto seed = static_cast<std::uint64_t>(argc > 2 ? std::atoi(argv[2]) : 1);
  using Kind = samples::DocumentKind;
  static constexpr std::array kKinds = {Kind::applicationForm, Kind::landCertificate,
                                        Kind::landRecovery, Kind::groundwaterPermit,
                                        Kind::inspectionMinutes};
  const samples::Typesetter typesetter;
  sohoa::Recogniser recogniser({});
  std::vector<Drawn> pages;
  int found = 0, falseAlarms = 0, strangers = 0;
  for (int i = 0; i < count; ++i) {
    samples::Random random = samples::Random(seed).fork("twins " + std::to_string(i));
    samples::Dossier dossier;
    dossier.code = samples::dossierCode({2021, 9, 6}, i + 1);
    dossier.received = dossier.resolved = {2021, 9, 6};
    samples::DocumentPlan plan;
    // Half of them are the application form, where only what is filled in differs.
    plan.kind = i % 2 == 0 ? kKinds[0] : kKinds[static_cast<std::size_t>(i / 2) % kKinds.size()];
    plan.brief = true;
    plan.conditions = {i % 4 == 1 ? "clean" : "stamped"};
    plan.maxPages = 1;
    samples::appendDocument(dossier, plan, typesetter, random);
    samples::Side& side = dossier.sides.front();
    Drawn drawn{plan.kind, read(side, random.fork("first"), recogniser), {}};
    scanAnew(side.settings, random);
    drawn.second = read(side, random.fork("second"), recogniser);
    const auto likeness = sohoa::likenessOf(drawn.first, drawn.second);
    found += likeness.alike ? 1 : 0;
    print("twin    ", likeness);
    for (const Drawn& other : pages) {
      if (other.kind != drawn.kind) continue;
      ++strangers;
      const auto strange = sohoa::likenessOf(other.first, drawn.first);
      falseAlarms += strange.alike ? 1 : 0;
      if (strange.apart < 1) print("stranger", strange);
    }
    pages.push_back(std::move(drawn));
  }
  fmt::print("{} of {} twins found; {} false alarms among {} pairs of one kind\n", found, count,
             falseAlarms, strangers);
}
