-- The customer database of the sample office: people who do not exist, and what they ordered.
CREATE TABLE orders (ordered_on TEXT, name TEXT, postcode TEXT, item TEXT, price INTEGER);
CREATE TABLE deliveries (delivered_on TEXT, name TEXT, address TEXT);
INSERT INTO orders VALUES
  ('2025-03-14', '楠 あおい', '000-0188', '湯のみ', 1800),
  ('2025-11-02', '楠 あおい', '000-0188', '急須', 6400),
  ('2026-01-20', '楠 あおい', '000-0399', '別人の注文', 900),
  ('2026-02-07', '榎 みどり', '000-0388', '茶筒', 2300);
INSERT INTO deliveries VALUES
  ('2025-11-05', '榎 みどり', '東京都例示市みどり台9-9-9');
