#include "pipeline/site/appearance_case.h"

#include <fmt/core.h>

namespace sohoa {
namespace {

struct Row {
  std::string_view name;
  AppearanceCase what;
};
constexpr Row kRows[] = {
    {"copy", AppearanceCase::copy},
    {"incoming", AppearanceCase::incoming},
    {"agency", AppearanceCase::agency},
    {"person", AppearanceCase::person},
    {"attachment", AppearanceCase::attachment},
    {"scan", AppearanceCase::scan},
};

/// "10/09/2021"
std::string dayInWords(Time at) {
  const Day day = vietnamDay(at);
  return fmt::format("{:02}/{:02}/{}", static_cast<unsigned>(day.day()),
                     static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
}

}  // namespace

std::optional<AppearanceCase> appearanceCaseFromName(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return row.what;
  }
  return std::nullopt;
}

Appearance appearanceOf(AppearanceCase what, const Site& site, Time at,
                        const AppearanceFacts& facts) {
  const Config& config = site.config();
  Appearance shown;
  shown.font = config.signing.font.string();
  shown.image = facts.image;
  shown.imageMillimetres = facts.imageMillimetres;
  const auto withSeal = [&] {
    if (!shown.image.empty() || config.signing.seal.empty()) return;
    shown.image = site.root() / config.signing.seal;
    if (shown.imageMillimetres <= 0) shown.imageMillimetres = config.signing.sealMillimetres;
  };
  switch (what) {
    case AppearanceCase::copy:
      shown.lines = {config.signing.formOfCopy, config.agency, isoVietnam(at)};
      break;
    case AppearanceCase::incoming:
      withSeal();
      shown.lines = {config.agency, dayInWords(at)};
      break;
    case AppearanceCase::agency:
      withSeal();
      shown.lines = {config.agency, isoVietnam(at)};
      shown.place = AppearancePlace::overLeftOfSignature;
      shown.page = -1;
      break;
    case AppearanceCase::person:
      shown.place = AppearancePlace::betweenTitleAndName;
      shown.page = -1;
      break;
    case AppearanceCase::attachment:
      shown.lines = {facts.number, isoVietnam(at)};
      break;
    case AppearanceCase::scan:
      shown.lines = {facts.signer, isoVietnam(at)};
      shown.place = AppearancePlace::topLeft;
      break;
  }
  return shown;
}

}  // namespace sohoa
