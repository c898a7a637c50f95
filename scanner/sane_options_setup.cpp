#include <fmt/format.h>
#include <sane/saneopts.h>

#include <cmath>

#include "scanner/sane_options.h"
#include "scanner/sane_words.h"

namespace sohoa {
namespace {

ItemError refuse(std::string_view what, const std::vector<std::string>& offered) {
  return {Stage::intake, Cause::scanSettings, "",
          fmt::format("{}: {}", what, fmt::join(offered, " | "))};
}

/// Names that drivers give a switch between one side and two, beside a source that says neither.
constexpr const char* kDuplexChoices[] = {"adf-mode", "adf_mode", "duplex", "duplex-mode"};

Result<void> setDuplexSwitch(const SaneOptions& options, bool duplex) {
  for (const char* name : kDuplexChoices) {
    if (!options.has(name)) continue;
    for (const std::string& word : options.choices(name)) {
      if ((word == "Duplex") == duplex && (word == "Duplex" || word == "Simplex"))
        return options.set(name, word);
    }
    if (options.choices(name).empty()) return options.setWritten(name, duplex ? "yes" : "no");
  }
  if (duplex) return refuse("duplex", options.choices(SANE_NAME_SCAN_SOURCE));
  return {};
}

Result<void> setSource(const SaneOptions& options, ScanSource source) {
  const auto words = options.choices(SANE_NAME_SCAN_SOURCE);
  if (words.empty()) return setDuplexSwitch(options, source == ScanSource::duplex);
  if (const auto word = wordFor(source, words)) return options.set(SANE_NAME_SCAN_SOURCE, *word);
  const auto feeder = wordFor(ScanSource::feeder, words);
  if (source != ScanSource::duplex || !feeder) return refuse(nameOf(source), words);
  if (auto set = options.set(SANE_NAME_SCAN_SOURCE, *feeder); !set) return set;
  return setDuplexSwitch(options, true);
}

Result<void> setDepth(const SaneOptions& options, int bits) {
  return options.has(SANE_NAME_BIT_DEPTH) ? options.set(SANE_NAME_BIT_DEPTH, bits) : Result<void>();
}

Result<void> setMode(const SaneOptions& options, ScanMode mode) {
  const auto words = options.choices(SANE_NAME_SCAN_MODE);
  if (words.empty()) return setDepth(options, mode == ScanMode::lineart ? 1 : 8);
  auto word = wordFor(mode, words);
  // Some drivers have one bit as a depth of grey.
  if (!word && mode == ScanMode::lineart && options.has(SANE_NAME_BIT_DEPTH))
    word = wordFor(ScanMode::grey, words);
  if (!word) return refuse(nameOf(mode), words);
  if (auto set = options.set(SANE_NAME_SCAN_MODE, *word); !set) return set;
  return setDepth(options, mode == ScanMode::lineart ? 1 : 8);
}

Result<void> setResolution(const SaneOptions& options, int dpi,
                           std::vector<std::string>& compromises) {
  const bool one = options.has(SANE_NAME_SCAN_RESOLUTION);
  const char* const across = one ? SANE_NAME_SCAN_RESOLUTION : SANE_NAME_SCAN_X_RESOLUTION;
  if (!options.has(across)) return {};  // has just one
  if (auto set = options.set(across, dpi); !set) return set;
  if (options.has(SANE_NAME_SCAN_Y_RESOLUTION)) {
    if (auto set = options.set(SANE_NAME_SCAN_Y_RESOLUTION, dpi); !set) return set;
  }
  const double got = options.number(across).value_or(dpi);
  if (got + 0.5 < dpi) return refuse(fmt::format("{} dpi", dpi), {fmt::format("<= {:g} dpi", got)});
  if (std::abs(got - dpi) > 0.5) compromises.push_back(fmt::format("{} dpi: {:g} dpi", dpi, got));
  return {};
}

/// One edge of the page, with what the feeder must know of it before.
Result<void> setExtent(const SaneOptions& options, const char* page, const char* edge, double mm,
                       double dpi, std::vector<std::string>& compromises) {
  for (const char* name : {page, edge}) {
    if (!options.has(name)) continue;
    const double most = options.most(name).value_or(0);
    const double asked = mm > 0 ? options.fromMillimetres(name, mm, dpi) : most;
    if (asked <= 0) continue;
    const double mostMm = options.toMillimetres(name, most, dpi);
    if (name == edge && most > 0 && mostMm + 1 < mm) {  // a millimetre is the scanner's own margin
      compromises.push_back(fmt::format("{} {:g} mm: {:g} mm",
                                        edge == std::string_view(SANE_NAME_SCAN_BR_X) ? "x" : "y",
                                        mm, mostMm));
    }
    if (auto set = options.set(name, asked); !set) return set;
  }
  return {};
}

Result<void> setSize(const SaneOptions& options, const PageSize& size, double dpi,
                     std::vector<std::string>& compromises) {
  for (const char* corner : {SANE_NAME_SCAN_TL_X, SANE_NAME_SCAN_TL_Y}) {
    if (!options.has(corner)) continue;
    if (auto set = options.set(corner, 0); !set) return set;
  }
  if (auto set = setExtent(options, SANE_NAME_PAGE_WIDTH, SANE_NAME_SCAN_BR_X, size.widthMm, dpi,
                           compromises);
      !set) {
    return set;
  }
  return setExtent(options, SANE_NAME_PAGE_HEIGHT, SANE_NAME_SCAN_BR_Y, size.heightMm, dpi,
                   compromises);
}

}  // namespace

Result<void> setUp(const SaneOptions& options, const ScanSettings& settings,
                   std::vector<std::string>& compromises) {
  if (auto set = setSource(options, settings.source); !set) return set;
  if (auto set = setMode(options, settings.mode); !set) return set;
  if (auto set = setResolution(options, settings.dpi, compromises); !set) return set;
  if (auto set = setSize(options, settings.size, settings.dpi, compromises); !set) return set;
  for (const auto& [name, value] : settings.driver) {
    if (auto set = options.setWritten(name, value); !set) return set;
  }
  return {};
}

}  // namespace sohoa
