#pragma once

#include <string>
#include <string_view>

namespace sohoa {

/// ASCII capitals without marks, one character for each letter or digit; other signs as they are.
std::string foldCapitals(std::string_view text);
/// Share of edits that turn one text into the other, 0 (equal) .. 1.
double difference(std::string_view a, std::string_view b);
/// Letters of the text are capitals (at least `share` of them); false without letters.
bool isCapitals(std::string_view text, double share = 0.85);

}  // namespace sohoa
