#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

// Compiled once, in json.cpp: a file that writes or reads JSON by itself takes the compiler two
// seconds more.
extern template class nlohmann::basic_json<>;

namespace sohoa {

/// Reads JSON. Throws nlohmann::json::parse_error.
nlohmann::json parseJson(std::string_view text);
/// The same; is_discarded() of the result when the text is no JSON.
nlohmann::json parseJsonOrDiscard(std::string_view text);
/// JSON in UTF-8, keys sorted; `indent` spaces for each level, -1: on one line. Throws
/// nlohmann::json::type_error for text that is not UTF-8.
std::string jsonText(const nlohmann::json& value, int indent = -1);
/// The same; bytes that are not UTF-8 become U+FFFD.
std::string jsonTextReplacing(const nlohmann::json& value, int indent = -1);

}  // namespace sohoa
