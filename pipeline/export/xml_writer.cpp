#include "pipeline/export/xml_writer.h"

#include <fmt/core.h>

#include "core/texts/xml_text.h"

namespace sohoa {
namespace {}  // namespace

XmlText::XmlText() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlText::tag(std::string_view name, const Attributes& attributes) {
  text_ += std::string(open_.size(), ' ') + "<" + std::string(name);
  for (const auto& [key, value] : attributes)
    text_ += fmt::format(" {}=\"{}\"", key, xmlAttribute(value));
}

void XmlText::open(std::string_view name, const Attributes& attributes) {
  tag(name, attributes);
  text_ += ">\n";
  open_.emplace_back(name);
}

void XmlText::close() {
  const std::string name = std::move(open_.back());
  open_.pop_back();
  text_ += std::string(open_.size(), ' ') + "</" + name + ">\n";
}

void XmlText::element(std::string_view name, std::string_view text, const Attributes& attributes) {
  tag(name, attributes);
  text_ += text.empty() ? "/>\n" : fmt::format(">{}</{}>\n", xmlAttribute(text), name);
}

std::string XmlText::finish() {
  while (!open_.empty()) close();
  return std::move(text_);
}

std::string urlPath(std::string_view path) {
  std::string url;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      url += c;
    } else {
      url += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return url;
}

}  // namespace sohoa
