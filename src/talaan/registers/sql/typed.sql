-- A staged table as it is to be kept: its columns are typed where it is staged.
SELECT * EXCLUDE (place) FROM staged ORDER BY place
