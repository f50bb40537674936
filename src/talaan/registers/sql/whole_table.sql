-- The whole table in the order it was written.
SELECT * FROM rows
