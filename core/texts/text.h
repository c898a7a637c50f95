#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

namespace sohoa {

enum class Language { vi, en };

/// The text for people that stands for `english` in `language`: itself in English, its row of
/// core/texts/text_vi.cpp in Vietnamese. A text without a row is returned as it is (a test finds
/// them). The English text is the message id, as gettext would have it.
std::string_view tr(Language language, std::string_view english);

/// Marks an English text that is kept now and goes through tr() later, so that the test which
/// compares the sources with the table sees it: `findings.push_back(textId("not trusted"))`.
constexpr const char* textId(const char* english) { return english; }

/// tr() with fmt placeholders filled in.
template <class... Args>
std::string say(Language language, std::string_view english, const Args&... args) {
  return fmt::vformat(tr(language, english), fmt::make_format_args(args...));
}

}  // namespace sohoa
