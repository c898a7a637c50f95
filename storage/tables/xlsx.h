#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

/// The rows of one sheet of a workbook (ISO/IEC 29500-1, 18.3), as text: numbers as they are
/// written, without the noise of their last digits; days are numbers. Read piece by piece; the
/// texts that cells share are in memory, some 256 MiB at the most. Throws
/// BatchError(registerFormat) for what is no workbook, damaged, encrypted, or out of bounds.
class XlsxReader {
 public:
  using Visit = std::function<void(std::vector<std::string>& cells, int row)>;
  /// `sheet`: its name; empty: the first one that is not hidden.
  XlsxReader(const std::filesystem::path& file, const std::string& sheet, Visit visit);
  ~XlsxReader();
  XlsxReader(const XlsxReader&) = delete;
  XlsxReader& operator=(const XlsxReader&) = delete;

  /// Reads on, visiting the rows that come; false at the end.
  bool readOn();
  /// Days are counted from 1904 (18.17.4.1), not from 1900.
  bool from1904() const;
  /// Names of all sheets that are not hidden, in their order.
  const std::vector<std::string>& visibleSheets() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether a file begins like a ZIP file.
bool looksLikeXlsx(const std::filesystem::path& file);

}  // namespace sohoa
