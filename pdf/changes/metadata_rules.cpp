#include "pdf/changes/metadata_rules.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "pdf/changes/form_field_rules.h"
#include "pdf/changes/xmp_properties.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr std::array<std::string_view, 11> kOfTheProgram = {
    "http://ns.adobe.com/xap/1.0/ModifyDate",
    "http://ns.adobe.com/xap/1.0/MetadataDate",
    "http://ns.adobe.com/xap/1.0/CreateDate",
    "http://ns.adobe.com/xap/1.0/CreatorTool",
    "http://ns.adobe.com/pdf/1.3/Producer",
    "http://ns.adobe.com/xap/1.0/mm/InstanceID",
    "http://ns.adobe.com/xap/1.0/mm/DocumentID",
    "http://ns.adobe.com/xap/1.0/mm/OriginalDocumentID",
    "http://ns.adobe.com/xap/1.0/mm/VersionID",
    "http://ns.adobe.com/xap/1.0/mm/RenditionClass",
    "http://ns.adobe.com/xap/1.0/mm/History",
};

bool ofTheProgram(const XmpProperty& property) {
  return std::find(kOfTheProgram.begin(), kOfTheProgram.end(), property.name) !=
         kOfTheProgram.end();
}

std::string withoutTags(std::string_view value) {
  std::string text;
  bool inside = false;
  for (const char c : value) {
    if (c == '<') inside = true;
    if (!inside) text += c;
    if (c == '>') inside = false;
  }
  return text;
}

/// `all` is `text` once or several times: in several languages, for example.
bool isRepeated(std::string_view all, std::string_view text) {
  while (all.starts_with(text)) all.remove_prefix(text.size());
  return all.empty();
}

}  // namespace

bool onlyProducerDiffers(const PdfValue& before, const PdfValue& after) {
  const auto keys = differingKeys(before, after);
  return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
    const PdfValue* now = after.find(key);
    if (now == nullptr || !now->is(Kind::string)) return false;
    if (key == "CreationDate") return before.find(key) == nullptr;
    return key == "ModDate" || key == "Producer" || key == "Creator";
  });
}

bool onlyProducerDiffers(std::string_view before, std::string_view after) {
  auto was = xmpProperties(before), is = xmpProperties(after);
  if (!was || !is) return false;
  // When a document was made does not change later; a signing program may say it first.
  const auto made = [](const XmpProperty& p) { return p.name.ends_with("/xap/1.0/CreateDate"); };
  const auto then = std::find_if(was->begin(), was->end(), made);
  const auto now = std::find_if(is->begin(), is->end(), made);
  if (then != was->end() && (now == is->end() || now->value != then->value)) return false;
  std::erase_if(*was, ofTheProgram);
  std::erase_if(*is, ofTheProgram);
  return *was == *is;
}

bool saysNothingNew(std::string_view packet, const PdfValue& info) {
  auto is = xmpProperties(packet);
  if (!is) return false;
  std::erase_if(*is, ofTheProgram);
  const auto said = [&](const XmpProperty& property) {
    constexpr std::pair<std::string_view, std::string_view> kTwins[] = {
        {"http://purl.org/dc/elements/1.1/title", "Title"},
        {"http://purl.org/dc/elements/1.1/creator", "Author"},
        {"http://purl.org/dc/elements/1.1/description", "Subject"},
        {"http://ns.adobe.com/pdf/1.3/Keywords", "Keywords"}};
    if (property.name == "http://purl.org/dc/elements/1.1/format") {
      return property.value == "application/pdf";
    }
    for (const auto& [name, key] : kTwins) {
      const PdfValue* value = info.find(key);
      if (property.name != name || value == nullptr || !value->is(Kind::string)) continue;
      const std::string text = textOfPdfString(value->text);
      return !text.empty() && isRepeated(withoutTags(property.value), text);
    }
    return false;
  };
  return std::all_of(is->begin(), is->end(), said);
}

}  // namespace sohoa
