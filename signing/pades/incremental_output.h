#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "pdf/util/mapped_file.h"
#include "signing/base/openssl_handles.h"
#include "signing/base/signature_level.h"

namespace sohoa {

/// A digest whose value can be read while more data is still added.
class RunningDigest {
 public:
  explicit RunningDigest(const EVP_MD* method);
  RunningDigest(const RunningDigest& other);
  void add(std::string_view data);
  std::string soFar() const;

 private:
  DigestContext context_;
};

/// The output file of signing as it grows by revisions: a hidden copy of the input next to the
/// target, read through a memory mapping. Removed unless published. Every byte is hashed once.
/// Throws BatchError(diskFull
/// diskError).
class IncrementalOutput {
 public:
  /// Throws std::filesystem::filesystem_error when `original` cannot be read.
  IncrementalOutput(const std::filesystem::path& original, std::filesystem::path target,
                    SignatureDigest kind);
  ~IncrementalOutput();
  IncrementalOutput(const IncrementalOutput&) = delete;
  IncrementalOutput& operator=(const IncrementalOutput&) = delete;

  /// The file so far. Views of it become invalid at the next append().
  std::string_view bytes() const;
  /// The running digest over bytes(), and its algorithm.
  const RunningDigest& digest() const { return digest_; }
  SignatureDigest digestKind() const { return kind_; }
  /// Path of the unpublished file, for readers that need a name.
  const std::filesystem::path& path() const { return part_; }
  void append(std::string_view update);
  /// Renames the file to the target; with `sync` it is on disk when this returns.
  void publish(bool sync);

 private:
  std::filesystem::path target_, part_;
  int file_ = -1;
  bool published_ = false;
  mutable std::optional<MappedFile> mapped_;
  SignatureDigest kind_;
  RunningDigest digest_;
};

}  // namespace sohoa
