# A block without arguments has another way of naming its data.
if __name__ == '__main__':
    main()
# --- refused: should add arguments, parse them once and call main() once
