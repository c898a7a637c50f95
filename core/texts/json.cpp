#include "core/texts/json.h"

template class nlohmann::basic_json<>;

namespace sohoa {

using nlohmann::json;

json parseJson(std::string_view text) { return json::parse(text); }

json parseJsonOrDiscard(std::string_view text) { return json::parse(text, nullptr, false); }

std::string jsonText(const json& value, int indent) { return value.dump(indent); }

std::string jsonTextReplacing(const json& value, int indent) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace);
}

}  // namespace sohoa
