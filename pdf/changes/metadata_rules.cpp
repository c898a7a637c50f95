#include "pdf/changes/metadata_rules.h"

#include <algorithm>

#include "pdf/changes/form_field_rules.h"

namespace sohoa {
namespace {

constexpr std::size_t kMaxPacket = 1 << 20;

/// Cuts out <name>…</name> and name="…" with plain text inside, and all white space.
std::string withoutDates(std::string_view packet) {
  std::string text(packet);
  for (const std::string name :
       {"xmp:ModifyDate", "xmp:MetadataDate", "pdf:Producer", "xmpMM:InstanceID", "x:xmptk"}) {
    for (std::size_t at = 0; (at = text.find("<" + name + ">", at)) != std::string::npos;) {
      const std::size_t inner = at + name.size() + 2;
      const std::size_t end = text.find("</" + name + ">", inner);
      if (end == std::string::npos || text.find('<', inner) != end) break;
      text.erase(at, end + name.size() + 3 - at);
    }
    for (std::size_t at = 0; (at = text.find(name + "=\"", at)) != std::string::npos;) {
      const std::size_t end = text.find('"', at + name.size() + 2);
      if (end == std::string::npos) break;
      text.erase(at, end + 1 - at);
    }
  }
  std::erase_if(text, isPdfSpace);
  return text;
}

}  // namespace

bool onlyDatesDiffer(const PdfValue& before, const PdfValue& after) {
  const auto keys = differingKeys(before, after);
  return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
    const PdfValue* now = after.find(key);
    return (key == "ModDate" || key == "Producer") && now != nullptr &&
           now->is(PdfValue::Kind::string);
  });
}

bool sameButDates(std::string_view before, std::string_view after) {
  return before.size() <= kMaxPacket && after.size() <= kMaxPacket &&
         after.find("<!DOCTYPE") == std::string_view::npos &&
         after.find("<!ENTITY") == std::string_view::npos &&
         withoutDates(before) == withoutDates(after);
}

}  // namespace sohoa
