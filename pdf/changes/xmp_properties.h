#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// A property of an XMP packet (ISO 16684-1): its name with the namespace's URI before it, and its
/// value in a canonical form. Writers may use other prefixes, attributes in place of elements,
/// other order and white space: the same description gives the same properties.
struct XmpProperty {
  std::string name;   ///< "http://purl.org/dc/elements/1.1/title"
  std::string value;  ///< its text; of structures and arrays the elements with their texts
  auto operator<=>(const XmpProperty&) const = default;
};

/// The properties of a packet, sorted; nullopt when it is no well-formed XML, is larger than 1 MB
/// or declares a document type.
std::optional<std::vector<XmpProperty>> xmpProperties(std::string_view packet);

}  // namespace sohoa
