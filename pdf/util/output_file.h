#pragma once

#include <filesystem>
#include <qpdf/Pipeline.hh>
#include <string>

namespace sohoa {

/// Where qpdf writes to: a hidden file beside `target` that takes its place on publish() and is
/// removed otherwise. Throws BatchError (diskFull | diskError).
class OutputFile final : public Pipeline {
 public:
  explicit OutputFile(std::filesystem::path target);
  ~OutputFile() override;
  void write(unsigned char const* data, std::size_t size) override;
  void finish() override {}
  /// Writes out, syncs, renames, syncs the folder.
  void publish();

 private:
  void flush();
  std::filesystem::path target_, part_;
  int file_ = -1;
  bool published_ = false;
  std::string buffer_;
};

}  // namespace sohoa
