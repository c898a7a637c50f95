#include "pipeline/audit/fixity_schedule.h"

#include <algorithm>
#include <cmath>

#include "core/durable.h"
#include "core/texts/json.h"

namespace sohoa {
namespace {

using nlohmann::json;

/// Reads slightly faster than required, so that a daily run that starts later than yesterday's, or
/// is skipped once, still meets the deadline.
constexpr double kMargin = 1.1;

/// Positions are multiples of 2^-36 (nine hexadecimal digits). With shares that are such multiples
/// too, sums and differences are exact, and no object falls between two shares.
constexpr double kGrid = 68719476736.0;

}  // namespace

double FixityRound::placeOf(const std::filesystem::path& objectPath) {
  double place = 0, unit = 1;
  int digits = 0;
  for (const char c : objectPath.generic_string()) {
    if (c == '/') continue;
    const bool decimal = c >= '0' && c <= '9', hexadecimal = c >= 'a' && c <= 'f';
    if ((!decimal && !hexadecimal) || digits++ == 9) break;
    place += (unit /= 16) * (decimal ? c - '0' : c - 'a' + 10);
  }
  return place;
}

bool FixityRound::Share::holds(double place) const {
  if (share >= 1) return true;
  const double ahead = place >= from ? place - from : place - from + 1;
  return ahead < share;
}

FixityRound::Share FixityRound::due(Time now, int days) const {
  const double since =
      last_ ? std::chrono::duration<double, std::ratio<86400>>(now - *last_).count() : 1.0;
  const double share = std::clamp(since * kMargin / days, 0.0, 1.0);
  return {next_, std::ceil(share * kGrid) / kGrid};
}

void FixityRound::mark(double from, double to, Time at) {
  std::vector<Part> parts;
  const auto add = [&](double begin, const std::optional<Time>& time) {
    if (!parts.empty() && parts.back().at == time) return;
    if (!parts.empty() && parts.back().from == begin) parts.pop_back();
    parts.push_back({begin, time});
  };
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const double begin = parts_[i].from, end = i + 1 < parts_.size() ? parts_[i + 1].from : 1;
    if (begin < from) add(begin, parts_[i].at);
    if (begin < to && end > from) add(std::max(begin, from), at);
    if (end > to) add(std::max(begin, to), parts_[i].at);
  }
  parts_ = std::move(parts);
}

void FixityRound::read(const Share& share, Time at) {
  const double end = share.from + share.share;
  if (share.share >= 1) {
    mark(0, 1, at);
  } else {
    mark(share.from, std::min(end, 1.0), at);
    if (end > 1) mark(0, end - 1, at);
    next_ = end >= 1 ? end - 1 : end;
  }
  last_ = at;
}

std::optional<Time> FixityRound::oldest() const {
  std::optional<Time> oldest;
  for (const Part& part : parts_) {
    if (!part.at) return std::nullopt;
    oldest = oldest ? std::min(*oldest, *part.at) : *part.at;
  }
  return oldest;
}

double FixityRound::covered() const {
  double covered = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const double end = i + 1 < parts_.size() ? parts_[i + 1].from : 1;
    if (parts_[i].at) covered += end - parts_[i].from;
  }
  return covered;
}

FixityRound FixityRound::load(const std::filesystem::path& file) {
  FixityRound round;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return round;
  try {
    const json value = parseJson(readFile(file));
    FixityRound read;
    read.parts_.clear();
    double before = -1;
    for (const json& part : value.at("parts")) {
      const double from = part.at("from").get<double>();
      const bool inOrder = from > before && from < 1 && (before >= 0 || from == 0);
      if (!inOrder) return round;
      before = from;
      read.parts_.push_back({from, part.at("at").is_null()
                                       ? std::nullopt
                                       : parseIsoTime(part.at("at").get<std::string>())});
    }
    read.next_ = value.at("next").get<double>();
    read.last_ = parseIsoTime(value.at("last").get<std::string>());
    if (read.parts_.empty() || read.next_ < 0 || read.next_ >= 1) return round;
    return read;
  } catch (const json::exception&) {
    return round;
  }
}

void FixityRound::save(const std::filesystem::path& file) const {
  json parts = json::array();
  for (const Part& part : parts_) {
    parts.push_back(
        {{"from", part.from}, {"at", part.at ? json(isoUtc(*part.at)) : json(nullptr)}});
  }
  createFoldersDurably(std::filesystem::absolute(file).parent_path());
  writeFileDurably(file, jsonText(json{{"parts", std::move(parts)},
                                       {"next", next_},
                                       {"last", last_ ? isoUtc(*last_) : ""}},
                                  2) +
                             "\n");
}

}  // namespace sohoa
