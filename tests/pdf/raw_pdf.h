#pragma once

#include <string>
#include <vector>

namespace sohoa::test {

/// A PDF put together object by object, as a scanner or an attacker might. Object 1 is the
/// catalogue and 2 the page tree; objects are numbered in the order they are added, from 3.
class RawPdf {
 public:
  /// An object's body; returns its number.
  int add(const std::string& body);
  int addStream(const std::string& dictionary, const std::string& data);
  /// A page of that size in points.
  int addPage(const std::string& resources, const std::string& content, double width, double height,
              const std::string& more = "");
  /// A page that is this image, drawn over the whole sheet; returns the page.
  int addScan(const std::string& imageDictionary, const std::string& data, double width,
              double height, const std::string& before = "", const std::string& after = "");
  /// More keys of the catalogue.
  void catalogue(const std::string& keys) { catalogue_ += keys; }
  std::string bytes() const;

 private:
  std::vector<std::string> objects_;
  std::vector<int> pages_;
  std::string catalogue_;
};

/// "/Width 10 /Height 20 …" of a JPEG image.
std::string jpegDictionary(int width, int height, bool colour);
std::string zlibbed(const std::string& data);

}  // namespace sohoa::test
