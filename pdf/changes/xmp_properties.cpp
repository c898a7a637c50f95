#include "pdf/changes/xmp_properties.h"

#include <expat.h>

#include <algorithm>
#include <memory>

namespace sohoa {
namespace {

constexpr std::size_t kMaxPacket = 1 << 20;
constexpr std::size_t kMaxDepth = 60;
constexpr char kSeparator = ' ';  // between namespace and name; no URI holds one

constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kXml = "http://www.w3.org/XML/1998/namespace";

/// "URI name" as expat gives it, without the blank.
std::string joined(std::string_view name) {
  std::string out(name);
  std::erase(out, kSeparator);
  return out;
}

bool isRdf(std::string_view name, std::string_view local) {
  return name.size() == kRdf.size() + 1 + local.size() && name.starts_with(kRdf) &&
         name.ends_with(local);
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

struct Element {
  std::string name;  ///< "URI name", as expat gives it
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;
  std::string text;  ///< directly inside, all pieces together
};

/// The packet as a tree; nullopt when it is refused.
class TreeReader {
 public:
  std::optional<Element> read(std::string_view packet) {
    if (packet.size() > kMaxPacket) return std::nullopt;
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS("UTF-8", kSeparator), XML_ParserFree);
    if (!parser) return std::nullopt;
    parser_ = parser.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, begin, end);
    XML_SetCharacterDataHandler(parser_, text);
    XML_SetStartDoctypeDeclHandler(parser_, doctype);
    open_ = {Element{}};
    const auto done = XML_Parse(parser_, packet.data(), static_cast<int>(packet.size()), XML_TRUE);
    if (done != XML_STATUS_OK || refused_) return std::nullopt;
    return std::move(open_.front());
  }

 private:
  static TreeReader& self(void* data) { return *static_cast<TreeReader*>(data); }
  static void XMLCALL begin(void* data, const char* name, const char** attributes) {
    TreeReader& reader = self(data);
    if (reader.open_.size() > kMaxDepth) return reader.refuse();
    Element element;
    element.name = name;
    for (const char** at = attributes; *at != nullptr; at += 2) {
      element.attributes.emplace_back(at[0], at[1]);
    }
    reader.open_.push_back(std::move(element));
  }
  static void XMLCALL end(void* data, const char*) {
    auto& open = self(data).open_;
    Element done = std::move(open.back());
    open.pop_back();
    open.back().children.push_back(std::move(done));
  }
  static void XMLCALL text(void* data, const char* bytes, int size) {
    self(data).open_.back().text.append(bytes, static_cast<std::size_t>(size));
  }
  static void XMLCALL doctype(void* data, const char*, const char*, const char*, int) {
    self(data).refuse();
  }

  void refuse() {
    refused_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }

  XML_Parser parser_ = nullptr;
  bool refused_ = false;
  std::vector<Element> open_;
};

bool isContainer(const Element& element) {
  return isRdf(element.name, "Alt") || isRdf(element.name, "Seq") || isRdf(element.name, "Bag");
}

std::string valueOf(const Element& property);

/// Properties of a description: its attributes and its child elements are the same (RDF/XML, 2.5).
void collect(const Element& description, std::vector<XmpProperty>& out) {
  for (const auto& [name, value] : description.attributes) {
    if (!name.starts_with(kRdf) && !name.starts_with(kXml)) {
      out.push_back({joined(name), trimmed(value)});
    }
  }
  for (const Element& child : description.children) {
    out.push_back({joined(child.name), valueOf(child)});
  }
}

std::string structureOf(const Element& description) {
  std::vector<XmpProperty> fields;
  collect(description, fields);
  std::sort(fields.begin(), fields.end());
  std::string text = "{";
  for (const XmpProperty& field : fields) text += "<" + field.name + ">" + field.value + "<;>";
  return text + "}";
}

/// The value of a property in the one way that all ways to write it come to.
std::string valueOf(const Element& property) {
  std::string language, resource;
  bool asResource = false, hasFields = false;
  for (const auto& [name, value] : property.attributes) {
    if (name.starts_with(kXml)) language = "<@" + value + ">";
    if (isRdf(name, "resource")) resource = value;
    if (isRdf(name, "parseType")) asResource = value == "Resource";
    hasFields = hasFields || (!name.starts_with(kRdf) && !name.starts_with(kXml));
  }
  if (asResource) return language + structureOf(property);
  if (property.children.size() == 1) {
    const Element& only = property.children.front();
    if (isRdf(only.name, "Description")) return language + structureOf(only);
    if (isContainer(only)) {
      std::string text = language + "<" + joined(only.name) + ">";
      for (const Element& item : only.children) text += "<li>" + valueOf(item);
      return text + "<end>";
    }
  }
  if (hasFields || !property.children.empty()) return language + structureOf(property);
  return language + (resource.empty() ? trimmed(property.text) : "<resource>" + resource);
}

/// Every rdf:Description directly in an rdf:RDF, wherever that stands.
void findDescriptions(const Element& element, std::vector<XmpProperty>& out) {
  for (const Element& child : element.children) {
    if (isRdf(element.name, "RDF") && isRdf(child.name, "Description")) {
      collect(child, out);
    } else {
      findDescriptions(child, out);
    }
  }
}

}  // namespace

std::optional<std::vector<XmpProperty>> xmpProperties(std::string_view packet) {
  // Padding behind the packet is white space; some writers end it with a zero byte.
  while (!packet.empty() && packet.back() == '\0') packet.remove_suffix(1);
  const auto tree = TreeReader().read(packet);
  if (!tree) return std::nullopt;
  std::vector<XmpProperty> properties;
  findDescriptions(*tree, properties);
  std::sort(properties.begin(), properties.end());
  return properties;
}

}  // namespace sohoa
