#include "pipeline/export/xml_writer.h"

#include <fmt/core.h>
#include <utf8proc.h>

namespace sohoa {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

bool allowed(utf8proc_int32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
}

std::string escaped(std::string_view text) {
  std::string out;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t c = 0;
    const auto n = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &c);
    if (n <= 0 || !allowed(c)) {
      out += kReplacement;
      at += n <= 0 ? 1 : static_cast<std::size_t>(n);
      continue;
    }
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\r': out += "&#13;"; break;
      default: out += text.substr(at, static_cast<std::size_t>(n));
    }
    at += static_cast<std::size_t>(n);
  }
  return out;
}

}  // namespace

XmlText::XmlText() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlText::tag(std::string_view name, const Attributes& attributes) {
  text_ += std::string(open_.size(), ' ') + "<" + std::string(name);
  for (const auto& [key, value] : attributes) text_ += fmt::format(" {}=\"{}\"", key, escaped(value));
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
  text_ += text.empty() ? "/>\n" : fmt::format(">{}</{}>\n", escaped(text), name);
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
