#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/tables/xml_reader.h"
#include "storage/tables/zip_reader.h"

namespace sohoa {

/// ISO/IEC 29500-1, 18.3.1.4: characters of a cell; a Vietnamese one has up to three bytes.
inline constexpr std::size_t kLongestCell = 3 * 32'767;

struct Workbook {
  std::string sheetId;               ///< of its relationship
  std::vector<std::string> visible;  ///< names of the sheets that are not hidden
  bool from1904 = false;
};
/// `sheet`: its name; empty: the first one that is not hidden. Throws BatchError(registerFormat).
Workbook readWorkbook(const std::string& xml, const std::string& sheet);

struct Relationships {
  std::map<std::string, std::string> byId;  ///< to names inside the ZIP file
  std::string sharedStrings;
};
Relationships readRelationships(const std::string& xml);

/// xl/sharedStrings.xml: each text once, cells hold its number.
class SharedStrings {
 public:
  /// Throws BatchError(registerFormat) when it is damaged, or its texts are over 256 MiB.
  void read(ZipReader::Stream stream);
  /// `number` as it stands in the cell. Throws BatchError(registerFormat) when there is none.
  std::string at(const std::string& number) const;

 private:
  std::string texts_;
  std::vector<std::uint32_t> ends_;
};

/// "_x000D_" is a carriage return (22.9.2.19).
std::string withoutEscapes(const std::string& text);

}  // namespace sohoa
