#include "scanner/sane_options.h"

#include <fmt/format.h>
#include <sane/saneopts.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstring>

namespace sohoa {
namespace {

double valueOf(const SANE_Option_Descriptor& about, SANE_Word word) {
  return about.type == SANE_TYPE_FIXED ? SANE_UNFIX(word) : word;
}

SANE_Word wordOf(const SANE_Option_Descriptor& about, double value) {
  if (about.type == SANE_TYPE_FIXED)
    return static_cast<SANE_Word>(std::lround(value * (1 << SANE_FIXED_SCALE_SHIFT)));
  return static_cast<SANE_Word>(std::lround(value));
}

bool isNumber(const SANE_Option_Descriptor& about) {
  return (about.type == SANE_TYPE_INT || about.type == SANE_TYPE_FIXED) &&
         about.size == static_cast<SANE_Int>(sizeof(SANE_Word));
}

/// The value among those allowed that serves `value`: not less where there is one.
double allowed(const SANE_Option_Descriptor& about, double value) {
  if (about.constraint_type == SANE_CONSTRAINT_RANGE) {
    const SANE_Range& range = *about.constraint.range;
    return std::clamp(value, valueOf(about, range.min), valueOf(about, range.max));
  }
  if (about.constraint_type != SANE_CONSTRAINT_WORD_LIST) return value;
  const SANE_Word* list = about.constraint.word_list;
  std::optional<double> enough;
  double largest = valueOf(about, list[1]);
  for (SANE_Word i = 1; i <= list[0]; ++i) {
    const double one = valueOf(about, list[i]);
    largest = std::max(largest, one);
    if (one >= value && (!enough || one < *enough)) enough = one;
  }
  return enough.value_or(largest);
}

}  // namespace

SaneOptions::Found SaneOptions::find(std::string_view name) const {
  SANE_Int count = 0;
  if (sane_.control(handle_, 0, SANE_ACTION_GET_VALUE, &count, nullptr) != SANE_STATUS_GOOD)
    return {};
  for (SANE_Int i = 1; i < count; ++i) {
    const SANE_Option_Descriptor* about = sane_.descriptor(handle_, i);
    if (about == nullptr || about->name == nullptr || about->name != name) continue;
    if (SANE_OPTION_IS_ACTIVE(about->cap) && SANE_OPTION_IS_SETTABLE(about->cap)) return {i, about};
  }
  return {};
}

ItemError SaneOptions::wrong(const std::string& detail) const {
  return {Stage::intake, Cause::scanSettings, device_, detail};
}

Result<void> SaneOptions::put(const Found& option, void* value) const {
  SANE_Int info = 0;
  const SANE_Status status =
      sane_.control(handle_, option.index, SANE_ACTION_SET_VALUE, value, &info);
  if (status == SANE_STATUS_GOOD) return {};
  ItemError trouble = troubleOf(sane_, status, device_);
  trouble.detail = fmt::format("{}: {}", option.about->name, trouble.detail);
  return trouble;
}

std::vector<std::string> SaneOptions::choices(const char* name) const {
  const Found option = find(name);
  std::vector<std::string> words;
  if (option.index < 0 || option.about->constraint_type != SANE_CONSTRAINT_STRING_LIST)
    return words;
  for (auto word = option.about->constraint.string_list; *word != nullptr; ++word)
    words.emplace_back(*word);
  return words;
}

std::optional<double> SaneOptions::number(const char* name) const {
  const Found option = find(name);
  SANE_Word word = 0;
  if (option.index < 0 || !isNumber(*option.about) ||
      sane_.control(handle_, option.index, SANE_ACTION_GET_VALUE, &word, nullptr) !=
          SANE_STATUS_GOOD) {
    return std::nullopt;
  }
  return valueOf(*option.about, word);
}

std::optional<double> SaneOptions::most(const char* name) const {
  const Found option = find(name);
  if (option.index < 0 || option.about->constraint_type == SANE_CONSTRAINT_NONE)
    return std::nullopt;
  constexpr double kMoreThanAny = 32767;  // what SANE's fixed-point numbers can hold
  return allowed(*option.about, kMoreThanAny);
}

Result<void> SaneOptions::set(const char* name, double value) const {
  const Found option = find(name);
  if (option.index < 0 || !isNumber(*option.about))
    return wrong(fmt::format("there is no '{}'", name));
  SANE_Word word = wordOf(*option.about, allowed(*option.about, value));
  return put(option, &word);
}

Result<void> SaneOptions::set(const char* name, const std::string& word) const {
  const Found option = find(name);
  if (option.index < 0 || option.about->type != SANE_TYPE_STRING)
    return wrong(fmt::format("there is no '{}'", name));
  std::string buffer = word;
  buffer.resize(std::max(buffer.size() + 1, static_cast<std::size_t>(option.about->size)), '\0');
  return put(option, buffer.data());
}

Result<void> SaneOptions::setWritten(const std::string& name, const std::string& value) const {
  const Found option = find(name);
  if (option.index < 0) return wrong(fmt::format("there is no '{}'", name));
  if (option.about->type == SANE_TYPE_STRING) {
    const std::vector<std::string> words = choices(name.c_str());
    if (!words.empty() && std::find(words.begin(), words.end(), value) == words.end()) {
      return wrong(fmt::format("{} = {}: {}", name, value, fmt::join(words, " | ")));
    }
    return set(name.c_str(), value);
  }
  if (option.about->type == SANE_TYPE_BOOL) {
    if (value != "yes" && value != "no")
      return wrong(fmt::format("{} = {}: yes | no", name, value));
    SANE_Bool on = value == "yes" ? SANE_TRUE : SANE_FALSE;
    return put(option, &on);
  }
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) {
    return wrong(fmt::format("{} = {}", name, value));
  }
  return set(name.c_str(), number);
}

double SaneOptions::fromMillimetres(const char* name, double mm, double dpi) const {
  const Found option = find(name);
  return option.index >= 0 && option.about->unit == SANE_UNIT_PIXEL ? mm / 25.4 * dpi : mm;
}

double SaneOptions::toMillimetres(const char* name, double value, double dpi) const {
  const Found option = find(name);
  return option.index >= 0 && option.about->unit == SANE_UNIT_PIXEL ? value * 25.4 / dpi : value;
}

}  // namespace sohoa
