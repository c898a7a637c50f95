#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "scanner/scanner.h"

namespace sohoa {
namespace {

std::optional<double> millimetres(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value >= 10 && value <= 2000 ? std::optional(value) : std::nullopt;
}

constexpr std::array kSources = {ScanSource::flatbed, ScanSource::feeder, ScanSource::duplex};
constexpr std::array kModes = {ScanMode::colour, ScanMode::grey, ScanMode::lineart};

template <class Values>
auto byName(const Values& values, std::string_view name) {
  const auto found =
      std::find_if(values.begin(), values.end(), [&](auto value) { return nameOf(value) == name; });
  return found == values.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::string_view nameOf(ScanSource source) {
  switch (source) {
    case ScanSource::flatbed:
      return "flatbed";
    case ScanSource::feeder:
      return "feeder";
    case ScanSource::duplex:
      return "duplex";
  }
  return {};
}

std::string_view nameOf(ScanMode mode) {
  switch (mode) {
    case ScanMode::colour:
      return "colour";
    case ScanMode::grey:
      return "grey";
    case ScanMode::lineart:
      return "lineart";
  }
  return {};
}

std::optional<ScanSource> scanSourceFrom(std::string_view name) { return byName(kSources, name); }
std::optional<ScanMode> scanModeFrom(std::string_view name) { return byName(kModes, name); }

std::optional<PageSize> pageSizeFrom(std::string_view text) {
  std::string name(text);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name == "a3") return PageSize{297, 420};
  if (name == "a4") return PageSize{210, 297};
  if (name == "a5") return PageSize{148, 210};
  if (name == "letter") return PageSize{215.9, 279.4};
  if (name == "legal") return PageSize{215.9, 355.6};
  if (name == "max") return PageSize{0, 0};
  const std::size_t cross = name.find('x');
  if (cross == std::string::npos) return std::nullopt;
  const auto width = millimetres(std::string_view(name).substr(0, cross));
  const auto height = millimetres(std::string_view(name).substr(cross + 1));
  if (!width || !height) return std::nullopt;
  return PageSize{*width, *height};
}

}  // namespace sohoa
