#include "pipeline/site_template.h"

#include <fmt/core.h>

namespace sohoa {

std::string siteTemplate(const std::string& agency, bool demo) {
  return fmt::format(R"(# sohoa.toml: cấu hình của một kho số hóa / configuration of one site.
# Đường dẫn tương đối tính từ thư mục này. Relative paths start at this folder.

[site]
agency = "{agency}"   # tên cơ quan như trên chữ ký / the agency as it signs
demo = {demo}                # true: khóa ký thử nghiệm / keys made for demonstration only

[recognition]
tessdata = "/usr/share/tesseract-ocr/5/tessdata"
model = "vie"
page_timeout_seconds = 120   # quá thời gian này trang được thử lại / then the page is tried again
page_attempts = 2
worker_memory_megabytes = 3000

[quality]                    # trang không đạt thì chờ người duyệt / a page below waits for a person
min_dpi = 200.0              # NĐ 30/2020/NĐ-CP, Phụ lục I
min_confidence = 0.70
max_unread_ink = 0.50

[documents]
pdfa = "1b"                  # PDF/A-1b (TCVN 14159-1:2024); "2b": PDF/A-2b

[fields]
file_by_hand = false         # số, ngày điền tay mà sổ không có: true = lưu ngay, tính sau khi nhập / true: file now, count once keyed in

[signing]
pkcs12 = "keys/agency.p12"
password_file = "keys/agency.password"
form_of_copy = "SAO Y"       # NĐ 30/2020/NĐ-CP: SAO Y, SAO LỤC, TRÍCH SAO
font = ""                    # trống: Liberation Serif của hệ thống / empty: the system's Liberation Serif
trust = "trust"              # chứng thư gốc được tin cậy / root certificates, one PEM file each

[report]
target_percent = 30
)",
                     fmt::arg("agency", agency), fmt::arg("demo", demo));
}

}  // namespace sohoa
